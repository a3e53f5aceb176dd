"""Every form beside the tree that two people can have open: what the first one saved is not undone."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client

from legal.models import LegalPage
from strategy.forms.live_admin import MergingAdmin
from tests.editing.pages import text_of
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    DepartmentFactory,
    DistrictFactory,
    MeasureFactory,
    PaperFactory,
    ProgressFactory,
    ResolutionFactory,
    SDGFactory,
    StrategyFactory,
)
from tests.opened_form import opened

pytestmark = pytest.mark.django_db

LEGAL = {"slug": "leichte-sprache", "title": "Leichte Sprache", "text": "Alt"}
FORMS: dict[str, tuple[Callable[..., Any], str, str]] = {
    "body": (BodyFactory, "name", "short_name"),
    "department": (DepartmentFactory, "name", "email"),
    "district": (DistrictFactory, "name", "key"),
    "legalpage": (lambda: LegalPage.objects.create(**LEGAL), "title", "text"),
    "paper": (PaperFactory, "name", "proposal"),
    "progress": (lambda: ProgressFactory(measure=MeasureFactory()), "note", "contact_email"),
    "resolution": (ResolutionFactory, "text", "vote_note"),
    "sdg": (SDGFactory, "title", "long_title"),
    "strategy": (StrategyFactory, "title", "subtitle"),
}
"""By model: a row, and two of its fields."""


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


def address(row: Model) -> str:
    return f"/verwaltung/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"


def test_each_of_these_forms_is_tried() -> None:
    merging = {
        model._meta.model_name
        for model, its_admin in admin.site._registry.items()
        if isinstance(its_admin, MergingAdmin)
    }

    assert merging == set(FORMS)


@pytest.mark.parametrize("name", FORMS)
def test_two_who_change_different_fields_both_have_their_way(office: Client, name: str) -> None:
    make, field, other = FORMS[name]
    row = make()
    mine = opened(office.get(address(row)).content.decode())
    written = "neu@herne.example" if "email" in other else "neu"

    answers = [office.post(address(row), mine | change) for change in ({other: written}, {field: "Neu"})]

    row.refresh_from_db()
    assert [answer.status_code for answer in answers] == [302, 302]
    assert (getattr(row, field), getattr(row, other)) == ("Neu", written)
    assert len(LogEntry.objects.all()) == 2


@pytest.mark.parametrize("name", FORMS)
def test_second_one_to_change_a_field_sees_both_versions_and_loses_nothing(office: Client, name: str) -> None:
    make, field, _other = FORMS[name]
    row = make()
    mine = opened(office.get(address(row)).content.decode())
    office.post(address(row), mine | {field: "Seins"})

    page = office.post(address(row), mine | {field: "Meins"}).content.decode()

    row.refresh_from_db()
    assert getattr(row, field) == "Seins"
    assert "jetzt gespeichert Seins von Ihnen eingegeben Meins" in text_of(page)
    assert office.post(address(row), opened(page)).status_code == 302
    row.refresh_from_db()
    assert getattr(row, field) == "Meins"


def test_what_is_carried_along_is_hidden_and_described_by_nothing(office: Client) -> None:
    page = office.get(address(ConsultationFactory().paper)).content.decode()
    carried = [tag for tag in page.split("<input ") if 'name="initial-' in tag.partition(">")[0]]

    assert [tag for tag in carried if 'type="hidden"' not in tag or "aria-" in tag.partition(">")[0]] == []
    assert len(carried) == 14 + 5


def test_new_row_carries_nothing(office: Client) -> None:
    page = office.get("/verwaltung/council/paper/add/").content.decode()

    assert 'name="initial-' not in page
