"""The bill of materials: true to its schema, to the lock file, and the same each time."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from django.conf import settings

from procurement import sbom
from procurement.components import Component, locked
from procurement.release import Release

pytestmark = pytest.mark.once

LOCK = settings.BASE_DIR / "requirements" / "run.txt"


def test_bill_of_materials_keeps_to_its_schema(files: dict[str, str]):
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(files["sbom.cdx.json"]) is None


def test_bill_that_breaks_its_schema_is_not_given_out(release: Release, parts: list[Component]):
    with pytest.raises(ValueError, match=r"breaks its own schema: .*'not a hash'"):
        sbom.as_json(release, [replace(parts[0], hashes=("not a hash",))])


def test_it_names_what_the_standard_tool_reads_in_the_lock_file(bill: dict):
    command = [
        sys.executable,
        "-m",
        "cyclonedx_py",
        "requirements",
        str(LOCK),
        "--no-validate",
        "-o",
        "-",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    elsewhere = {each.name for each in locked(LOCK) if not each.is_for_this_machine}

    expected = {
        (each["purl"].partition("?")[0], hashes(each))
        for each in json.loads(done.stdout)["components"]
        if each["name"] not in elsewhere
    }

    assert expected == {(each["purl"], hashes(each)) for each in bill["components"] if hashes(each)}


def test_it_says_of_everything_its_licence_and_of_packages_what_they_need(bill: dict):
    needs = {each["ref"]: each.get("dependsOn", []) for each in bill["dependencies"]}
    django = next(each["bom-ref"] for each in bill["components"] if each["name"] == "django")

    assert all(each["licenses"] for each in bill["components"])
    assert any(each.startswith("pkg:pypi/asgiref@") for each in needs[django])
    assert any(each.startswith("django/pkg:generic/jquery@") for each in needs[django])
    assert django in needs["herne-strategy"]


def test_it_says_whose_it_is_of_which_version_and_day(bill: dict):
    portal = bill["metadata"]["component"]

    assert (portal["name"], portal["version"]) == ("herne-strategy", "0.1.0+12345678")
    assert portal["supplier"]["name"] == "Das Team"
    assert portal["licenses"] == [{"license": {"id": "EUPL-1.2"}}]
    assert bill["metadata"]["timestamp"].startswith("2026-11-30T23:30:00")


def test_what_is_not_delivered_is_marked(bill: dict):
    marked = {
        each["name"]
        for each in bill["components"]
        if {"name": "strategieportal:lieferumfang", "value": "nein"} in each.get("properties", [])
    }

    assert marked == {"Python", "PostgreSQL", "nginx"}


def test_it_is_the_same_for_the_same_state(release: Release, parts: list[Component]):
    some = parts[:5]

    assert sbom.as_json(release, some) == sbom.as_json(release, list(reversed(some)))


def hashes(component: dict) -> frozenset[str]:
    """The hashes of the files that the package can be installed from."""
    references = component.get("externalReferences", [])
    return frozenset(each["content"] for reference in references for each in reference.get("hashes", []))
