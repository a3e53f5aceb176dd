"""Addresses of themes, below whichever prefix reads an edition."""

from django.urls import path

from themes import views

app_name = "themes"
urlpatterns = [
    path("themenfelder/<slug:slug>/", views.theme_detail, name="theme_detail"),
]
