"""The sample strategy, for the tests of print."""

from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction


@pytest.fixture(scope="session")
def sample(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """The data of the sample's second edition. Loaded once, and taken out of the database again.

    For tests marked `django_db` only: without any such, pytest-django makes no database of its own.
    """
    import json

    from strategy.models import EditionContent

    with django_db_blocker.unblock(), transaction.atomic():
        assert not EditionContent.objects.exists()
        call_command("load_strategy", str(settings.BASE_DIR / "fixtures" / "herne.yaml"), verbosity=0)
        call_command("load_sample", verbosity=0)
        data = json.loads(EditionContent.objects.get(edition__slug="beispiel-2").data)
        transaction.set_rollback(True)
    return data
