"""What is made of an edition, on paper and in files. It has no tables."""

from django.apps import AppConfig


class PrintingConfig(AppConfig):
    name = "printing"
