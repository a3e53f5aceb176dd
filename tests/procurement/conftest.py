"""What is slow to make, once for all tests of this folder: the components, and all documents of a release."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from procurement.components import Component, components
from procurement.documents import documents
from procurement.release import Release


@pytest.fixture(scope="session")
def release() -> Release:
    """It is late in the evening: in Herne the next day has begun."""
    return Release(
        "herne-strategy", "Das Team", "0.1.0+12345678", datetime(2026, 11, 30, 23, 30, tzinfo=UTC), "abc"
    )


@pytest.fixture(scope="session")
def parts() -> list[Component]:
    return components(settings.BASE_DIR / "requirements" / "run.txt")


@pytest.fixture(scope="session")
def files(release: Release, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The documents, on a machine on which no test has run."""
    nothing: Path = tmp_path_factory.mktemp("record") / "accessibility.jsonl"
    return documents(release, nothing)


@pytest.fixture(scope="session")
def bill(files: dict[str, str]) -> dict:
    """The bill of materials."""
    return json.loads(files["sbom.cdx.json"])
