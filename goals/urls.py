"""Addresses of goals and SDGs, below whichever prefix reads an edition."""

from django.urls import path

from goals import views

app_name = "goals"
urlpatterns = [
    path("ziele/<slug:slug>/", views.goal_detail, name="goal_detail"),
    path("sdg/", views.sdg_list, name="sdg_list"),
    path("sdg/<int:number>/", views.sdg_detail, name="sdg_detail"),
]
