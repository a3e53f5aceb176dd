"""Addresses that work for every node, below whichever prefix reads an edition."""

from django.urls import path, register_converter
from django.urls.converters import SlugConverter

from strategy.document.shapes import page_addresses
from strategy.pages import views


class PageAddress(SlugConverter):
    """The first part of the address of pages of entries."""

    def to_python(self, value: str) -> str:
        if value not in page_addresses():
            raise ValueError(value)
        return value


register_converter(PageAddress, "page")

urlpatterns = [
    path("farben.css", views.colours, name="colours"),
    path("k/<str:code>/", views.by_code, name="by_code"),
    path("<page:address>/<slug:slug>/", views.entry_detail, name="entry"),
]
