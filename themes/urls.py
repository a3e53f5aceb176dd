"""Addresses of themes and chapters, below whichever prefix reads an edition."""

from django.urls import path

from themes import views

app_name = "themes"
urlpatterns = [
    path("themenfelder/<slug:slug>/", views.theme_detail, name="theme_detail"),
    path("kapitel/<slug:slug>/", views.chapter_detail, name="chapter_detail"),
]
