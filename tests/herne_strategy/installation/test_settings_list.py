"""Operators find every variable of the environment in one list."""

import re

from django.conf import settings

LIST = settings.BASE_DIR / "docs" / "betrieb" / "einstellungen.md"


def test_every_variable_is_listed() -> None:
    """Those that settings.py reads, by the names that it asks the environment for."""
    source = (settings.BASE_DIR / "herne_strategy" / "settings.py").read_text()
    listed = set(re.findall(r"`([A-Z_]+)[`=]", LIST.read_text()))

    asked = set(re.findall(r'"([A-Z]+_[A-Z_]+|DEMO)"', source.split("INSTALLED_APPS")[0]))

    assert {"SECRET_KEY", "OIDC_URL", "DATABASE_URL"} <= asked
    assert asked - listed - {"EMAIL_BACKEND"} == set()
