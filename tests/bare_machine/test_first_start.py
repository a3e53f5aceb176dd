"""Whoever follows docs/betrieb.md on a bare Debian, command by command, gets a portal with a published edition."""

import re
import shutil
import time
from pathlib import Path

import pytest

from tests.bare_machine.machine import ROOT, Machine

pytestmark = pytest.mark.slow
GUIDE = ROOT / "docs" / "betrieb.md"
SECTION = "## Vom leeren Rechner zur ersten veröffentlichten Seite"


def documented_commands() -> list[str]:
    """The blocks of the section, in their order."""
    section = GUIDE.read_text().split(SECTION)[1].split("\n## ")[0]
    blocks = re.findall(r"(?:^    .*\n)(?:^    .*\n|^\n(?=    ))*", section, re.M)
    return [re.sub(r"^    ", "", block, flags=re.M) for block in blocks]


def test_the_guide_leads_to_the_first_published_page(debian: Machine) -> None:
    debian.copy_program("/srv/strategie")
    shutil.copy(Path(__file__).with_name("systemctl"), debian.root / "usr/local/bin/systemctl")
    (debian.root / "usr/local/bin/systemctl").chmod(0o755)

    printed = debian.run("\n".join(documented_commands()))
    time.sleep(12)  # the pages are written
    debian.end("gunicorn")
    written = debian.run(PROBE)

    assert "ready\n" in printed
    assert re.search(r"<h1[^>]*>[^<]*Herne", printed)
    assert "Beispiel:" not in printed
    assert "<h1" in written
    assert "x-frame-options: deny" in written.lower()


# The pages as files, without any application server: what readers get when all else fails.
PROBE = """
curl --silent --show-error --fail --include --cacert /etc/ssl/strategie/fullchain.pem \\
    --resolve strategie.example.de:443:127.0.0.1 https://strategie.example.de/sdg/
test "$(stat -c %U /srv/strategie/manage.py)" = root
test "$(stat -c '%U %a' /etc/strategie.env)" = "root 600"
"""
