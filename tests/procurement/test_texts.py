"""The texts at the root lead to what is there, and name nothing of anybody's machine."""

import re

import pytest
from django.conf import settings

pytestmark = pytest.mark.once

TEXTS = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "UPGRADE.md", "ARCHITECTURE.md"]


@pytest.mark.parametrize("name", TEXTS)
def test_links_lead_to_files_that_are_there(name: str):
    text = (settings.BASE_DIR / name).read_text()
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", text) if not link.startswith("http")]

    assert [link for link in links if not (settings.BASE_DIR / link).is_file()] == []


def test_security_says_how_to_report_how_fast_it_goes_and_for_which_versions():
    text = (settings.BASE_DIR / "SECURITY.md").read_text()

    assert {"## Eine Schwachstelle melden", "## Wie schnell wir antworten"} <= set(text.splitlines())
    assert "## Welche Versionen Korrekturen bekommen" in text
    assert "# Security (English)" in text
    assert re.findall(r"[\w.]+@[\w.]+\w", text) == ["security@example.org"] * 2  # the same in both languages
