"""System checks of an installation."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_translations(**kwargs: Any) -> list[CheckMessage]:
    """The German texts are compiled: an edition keeps the words of the day on which it is frozen."""
    sources = settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po")
    return [
        Error(
            f"{source.relative_to(settings.BASE_DIR)} has not been compiled.",
            hint="Run `manage.py build_assets`.",
            id="herne_strategy.E001",
        )
        for source in sources
        if not source.with_suffix(".mo").exists()
    ]
