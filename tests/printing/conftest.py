"""The sample strategy, and an archive to be checked."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from printing.archive.checking import problems
from strategy.editions.models import Edition, EditionContent
from tests.council.conftest import edition, tree  # noqa: F401
from tests.printing.archive.archives import archived, exchanged, kept
from tests.published import publish


@pytest.fixture(scope="session")
def sample(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """The data of the sample's second edition. Loaded once, and taken out of the database again.

    For tests marked `django_db` only: without any such, pytest-django makes no database of its own.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        assert not EditionContent.objects.exists()
        call_command("load_strategy", str(settings.BASE_DIR / "fixtures" / "herne.yaml"), verbosity=0)
        call_command("load_sample", verbosity=0)
        data = json.loads(EditionContent.objects.get(edition__slug="beispiel-2").data)
        transaction.set_rollback(True)
    return data


@pytest.fixture
def archived_edition(db: None) -> Edition:
    publish("eins")
    return Edition.objects.get()


@pytest.fixture
def whole(archived_edition: Edition) -> bytes:
    return archived(archived_edition)


@pytest.fixture
def found(tmp_path: Path, whole: bytes) -> Callable[..., list[str]]:
    """What is found in the archive with some of its files exchanged."""

    def check(changed: dict[str, bytes | None], *, with_sums: bool = False) -> list[str]:
        return problems(kept(tmp_path, exchanged(whole, changed, with_sums=with_sums)))

    return check
