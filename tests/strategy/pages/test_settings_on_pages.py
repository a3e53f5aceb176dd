"""A page that is kept, in memory or as a file, is made anew when a setting that it shows is another."""

import re
from pathlib import Path

from django.conf import settings

from strategy.editions.library import ON_PAGES

APPS = ["strategy", "themes", "goals", "measures", "printing", "council", "reporting", "legal"]
NOT_ON_PAGES = {
    "AUTH_USER_MODEL",  # of migrations
    "BASE_DIR",
    "BEHIND_PROXY",
    "DATA_DIR",
    "SECRET_KEY",
    "SECURE_SSL_REDIRECT",
}


def test_every_setting_that_pages_can_show_is_part_of_what_they_depend_on() -> None:
    files = [path for app in APPS for path in (Path(settings.BASE_DIR) / app).rglob("*.py")]
    files.append(Path(settings.BASE_DIR) / "herne_strategy" / "views.py")

    used = {name for path in files for name in re.findall(r"\bsettings\.([A-Z_]+)", path.read_text())}

    assert used - NOT_ON_PAGES == set(ON_PAGES)
