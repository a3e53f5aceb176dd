"""Addresses of status reports."""

from django.urls import path

from reporting import views

urlpatterns = [
    path("", views.report_list, name="report_list"),
    path("<slug:slug>/", views.report_page, name="report"),
    path("<slug:slug>/massnahmen/<int:number>/", views.report_measures, name="report_measures"),
    path("<slug:slug>/bericht.pdf", views.report_pdf, name="report_pdf"),
    path("<slug:slug>/bericht.json", views.report_json, name="report_json"),
]
