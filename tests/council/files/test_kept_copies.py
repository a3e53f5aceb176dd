"""A copy of what the council had lies beside the files that were made. It is never taken for the original."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from council import actions
from strategy.editions.models import Edition
from tests.council.council_steps import paper_for

pytestmark = pytest.mark.django_db
ADDRESS = "/fassungen/entwurf/langfassung.pdf"


def test_copy_that_was_changed_is_not_delivered(edition: Edition, settings: Any, tmp_path: Path):
    settings.DATA_DIR = tmp_path
    actions.submit(paper_for(edition))
    before = Client().get(ADDRESS).content
    copy = tmp_path / "pdf" / f"{hashlib.sha256(before).hexdigest()}.pdf"
    assert copy.read_bytes() == before

    copy.write_bytes(before.replace(b"%PDF", b"%XXX"))

    assert Client().get(ADDRESS).content == before
