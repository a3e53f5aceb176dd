"""Addresses of measures, below whichever prefix reads an edition."""

from django.urls import path

from measures import views

app_name = "measures"
urlpatterns = [
    path("massnahmen/", views.measure_list, name="measure_list"),
    path("massnahmen/<slug:slug>/", views.measure_detail, name="measure_detail"),
]
