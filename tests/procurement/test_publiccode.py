"""publiccode.yml by the fields of its standard, version 0.5."""

import re
from datetime import date
from typing import Any

import pytest
import yaml
from django.conf import settings
from PIL import Image

from procurement.components import locked
from procurement.criteria import NOT_YET, criteria

pytestmark = pytest.mark.once

ROOT = settings.BASE_DIR
MANDATORY = [
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
]
OPTIONAL = [
    "applicationSuite",
    "categories",
    "dependsOn",
    "fundedBy",
    "intendedAudience",
    "isBasedOn",
    "landingURL",
    "logo",
    "organisation",
    "releaseDate",
    "roadmap",
    "softwareVersion",
    "usedBy",
]
# Those of the standard's list that a portal like this could be.
CATEGORIES = [
    "blog",
    "budgeting",
    "collaboration",
    "communications",
    "compliance-management",
    "content-management",
    "data-collection",
    "data-visualization",
    "digital-citizenship",
    "document-management",
    "feedback-and-reviews-management",
    "knowledge-management",
    "productivity-suite",
    "project-collaboration",
    "project-management",
    "task-management",
    "web-collaboration",
    "website-builder",
    "workflow-management",
]
SCOPES = [
    "agriculture",
    "culture",
    "defence",
    "education",
    "emergency-services",
    "employment",
    "energy",
    "environment",
    "finance-and-economic-development",
    "foreign-affairs",
    "government",
    "healthcare",
    "infrastructures",
    "justice",
    "local-authorities",
    "manufacturing",
    "research",
    "science-and-technology",
    "security",
    "society",
    "sport",
    "tourism",
    "transportation",
    "welfare",
]
STATES = ["concept", "development", "beta", "stable", "obsolete"]


@pytest.fixture(scope="module")
def publiccode() -> dict[str, Any]:
    return yaml.safe_load((ROOT / "publiccode.yml").read_text())


def test_publiccode_keeps_to_its_standard(publiccode: dict[str, Any]):
    assert set(MANDATORY) <= set(publiccode) <= {*MANDATORY, *OPTIONAL}
    assert publiccode["publiccodeYmlVersion"] == "0.5"
    assert re.fullmatch(r"https://[^/ ]+/[^ ]+", publiccode["url"])
    assert publiccode["developmentStatus"] in STATES
    assert publiccode["softwareType"] == "standalone/web"
    assert set(publiccode["categories"]) <= set(CATEGORIES)
    assert set(publiccode["intendedAudience"]["scope"]) <= set(SCOPES)
    assert all(re.fullmatch("[a-z]{2}", country) for country in publiccode["intendedAudience"]["countries"])


@pytest.mark.parametrize("language", ["de", "en"])
def test_descriptions_have_the_lengths_that_catalogues_show(publiccode: dict[str, Any], language: str):
    description = publiccode["description"][language]

    assert "\n" not in description["shortDescription"]
    assert 20 < len(description["shortDescription"]) <= 150
    assert 500 <= len(description["longDescription"]) <= 10_000
    assert 5 <= len(description["features"]) <= 20


def test_pictures_are_there(publiccode: dict[str, Any]):
    for name in publiccode["description"]["de"]["screenshots"]:
        with Image.open(ROOT / name) as picture:
            assert picture.format in ("JPEG", "PNG")

    assert (ROOT / publiccode["logo"]).suffix == ".svg"
    assert (ROOT / publiccode["logo"]).is_file()


def test_what_it_says_of_the_program_is_what_the_program_is(publiccode: dict[str, Any]):
    needed = {each["name"]: each["versionMin"] for each in publiccode["dependsOn"]["open"]}
    project = (ROOT / "pyproject.toml").read_text()

    assert publiccode["legal"]["license"] == "EUPL-1.2"
    assert publiccode["legal"]["mainCopyrightOwner"] in project
    assert f'requires-python = ">={needed["Python"]}"' in project
    assert publiccode["localisation"] == {
        "localisationReady": settings.USE_I18N,
        "availableLanguages": [settings.LANGUAGE_CODE],
    }
    assert not {each.name for each in locked(ROOT / "requirements" / "run.txt")} & set(needed)  # no packages


def test_maintenance_names_people_or_a_contract_that_lasts(publiccode: dict[str, Any]):
    maintenance = publiccode["maintenance"]

    if maintenance["type"] == "contract":
        assert all(date.fromisoformat(each["until"]) for each in maintenance["contractors"])
    else:
        assert maintenance["type"] in ("internal", "community", "none")
        assert [each["name"] for each in maintenance["contacts"]]


def test_placeholders_are_told_as_what_is_missing(publiccode: dict[str, Any]):
    """Whoever fills one in also says so in the table, and the other way round."""
    missing = " ".join(each.missing for each in criteria(ROOT) if each.state == NOT_YET)
    security = (ROOT / "SECURITY.md").read_text()

    assert ("example.org" in publiccode["url"]) == ("url in publiccode.yml ist ein Platzhalter" in missing)
    assert (publiccode["maintenance"]["contacts"][0]["name"] == "Noch nicht benannt") == (
        "contacts in publiccode.yml ist ein Platzhalter" in missing
    )
    assert ("example.org" in security) == ("Die Adresse darin ist ein Platzhalter" in missing)
