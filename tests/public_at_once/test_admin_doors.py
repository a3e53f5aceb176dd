"""Every form and list of the admin in which something public at once is written: the public revision rises."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from council.bodies import Body
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper, PaperMeasure
from council.record_actions import keep_decisions
from legal.models import LegalPage
from measures.models import Department
from measures.progress import Progress
from strategy.forms.live_admin import LiveAdmin
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    DepartmentFactory,
    MeasureFactory,
    PaperFactory,
    ProgressFactory,
    ResolutionFactory,
    UserFactory,
)
from tests.opened_form import confirmed, opened
from tests.public_at_once.facts import RAISED, UNTOUCHED, through

pytestmark = pytest.mark.django_db

VOTES = {"votes_for": 3, "votes_against": 1, "votes_abstaining": 0}


def decided() -> Resolution:
    """The resolution on a measure, of which its page tells. A group's votes are among it."""
    paper = PaperFactory()
    PaperMeasure.objects.create(paper=paper, uid=MeasureFactory().uid)
    decision = ConsultationFactory(paper=paper, role="decision", result="approved")
    resolution = ResolutionFactory(consultation=decision, **VOTES)
    GroupVote.objects.create(resolution=resolution, name="Fraktion", **VOTES)
    keep_decisions()
    return resolution


def legal_page() -> LegalPage:
    return LegalPage.objects.create(slug="impressum", title="Impressum", text="Text")


ADDED: dict[type[Model], Callable[[], dict[str, Any]]] = {
    Body: lambda: {"key": "neu", "name": "Neu", "kind": "committee"},
    Paper: lambda: {"reference": "2026/0001", "name": "Neu"},
    Resolution: lambda: {"consultation": ConsultationFactory(role="decision", result="approved").pk},
    Department: lambda: {"key": "neu", "name": "Neu"},
    Progress: lambda: {"uid": MeasureFactory().uid, "note": "Läuft."},
    LegalPage: lambda: {"text": "Neu"},
}
CHANGED: dict[type[Model], tuple[Callable[[], Any], dict[str, str]]] = {
    Body: (lambda: decided().consultation.body, {"name": "Stadtrat"}),
    Paper: (lambda: decided().consultation.paper, {"name": "Anders"}),
    Resolution: (decided, {"text": "Anders"}),
    Department: (DepartmentFactory, {"email": "amt@herne.example"}),
    Progress: (ProgressFactory, {"note": "Läuft."}),
    LegalPage: (legal_page, {"title": "Wer wir sind"}),
}
DELETED: dict[type[Model], Callable[[], Any]] = {
    Body: BodyFactory,
    Paper: lambda: decided().consultation.paper,
    Resolution: decided,
    Department: DepartmentFactory,
    Progress: ProgressFactory,
}
ROWS_BELOW: dict[type[Model], tuple[str, Callable[[Resolution], Any], dict[str, Any], dict[str, Any]]] = {
    Consultation: (
        "consultations",
        lambda resolution: resolution.consultation.paper,
        {"held_on": date(2019, 3, 17), "role": "hearing"},
        {"held_on": "2020-02-01"},
    ),
    PaperMeasure: (
        "measures",
        lambda resolution: resolution.consultation.paper,
        {"matter": "carry_out"},
        {"matter": "fund"},
    ),
    GroupVote: (
        "groups",
        lambda resolution: resolution,
        {"name": "Andere", "votes_for": 0, "votes_against": 0, "votes_abstaining": 0},
        {"votes_for": "2"},
    ),
}
"""By the model of the rows: their prefix in the form, whose form it is, a new row, and what of a row is changed."""


@pytest.fixture
def office(client: Client) -> Client:
    """Logged in with every right."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def live_admins() -> list[LiveAdmin]:
    return [each for each in admin.site._registry.values() if isinstance(each, LiveAdmin)]


def address(page: str, model: type[Model], *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def send(office: Client, url: str, **changed: Any) -> None:
    """Open a form and send it with these changes."""
    page = opened(office.get(url).content.decode())
    office.post(url, page | {name: str(value) for name, value in changed.items()})


def test_every_form_has_its_doors_here():
    """A model that becomes public at once is tried by every door."""
    models = {each.model for each in live_admins()}
    may_delete = {each.model for each in live_admins() if each.model is not LegalPage}

    assert set(ADDED) == set(CHANGED) == models
    assert set(DELETED) == may_delete
    assert set(ROWS_BELOW) == {inline.model for each in live_admins() for inline in each.inlines}


@pytest.mark.parametrize("model", ADDED)
def test_adding(office: Client, model: type[Model]):
    values = ADDED[model]()

    assert through(lambda: send(office, address("add", model), **values)) == RAISED


@pytest.mark.parametrize("model", CHANGED)
def test_changing(office: Client, model: type[Model]):
    make, values = CHANGED[model]
    row = make()

    assert through(lambda: send(office, address("change", model, row.pk), **values)) == RAISED


@pytest.mark.parametrize("model", DELETED)
def test_deleting(office: Client, model: type[Model]):
    url = address("delete", model, DELETED[model]().pk)

    assert through(lambda: confirmed(office, url)) == RAISED


@pytest.mark.parametrize("model", CHANGED)
def test_deleting_in_the_list(office: Client, model: type[Model]):
    """Papers and resolutions aren't deleted there, legal pages never."""
    row = DELETED.get(model, legal_page)()
    sent = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    is_offered = model in (Body, Department, Progress)

    seen = through(lambda: office.post(address("changelist", model), sent))

    assert seen == (RAISED if is_offered else UNTOUCHED)


@pytest.mark.parametrize("model", ROWS_BELOW)
def test_adding_a_row_below(office: Client, model: type[Model]):
    prefix, whose, row, _changed = ROWS_BELOW[model]
    of = whose(decided())
    committee = BodyFactory(key="ausschuss", name="Ausschuss", kind="committee")
    values = {"body": committee.pk, "uid": MeasureFactory().uid} | row
    sent = {f"{prefix}-1-{name}": value for name, value in values.items()}
    sent |= {f"{prefix}-TOTAL_FORMS": 2}

    assert through(lambda: send(office, address("change", type(of), of.pk), **sent)) == RAISED
    assert model._default_manager.count() == 2


@pytest.mark.parametrize("model", ROWS_BELOW)
def test_changing_a_row_below(office: Client, model: type[Model]):
    prefix, whose, _row, changed = ROWS_BELOW[model]
    of = whose(decided())
    sent = {f"{prefix}-0-{name}": value for name, value in changed.items()}

    assert through(lambda: send(office, address("change", type(of), of.pk), **sent)) == RAISED


@pytest.mark.parametrize("model", ROWS_BELOW)
def test_deleting_a_row_below(office: Client, model: type[Model]):
    prefix, whose, _row, _changed = ROWS_BELOW[model]
    of = whose(decided())

    assert (
        through(lambda: send(office, address("change", type(of), of.pk), **{f"{prefix}-0-DELETE": "on"}))
        == RAISED
    )
    assert model._default_manager.count() == 0


@pytest.mark.parametrize(
    ("whose", "refused"),
    [
        (lambda resolution: resolution.consultation.paper, {"reference": "ohne Jahr"}),
        (lambda resolution: resolution.consultation.paper, {"consultations-0-result": "rejected"}),
        (lambda resolution: resolution, {"groups-0-votes_for": "4"}),
        (lambda resolution: resolution.consultation.body, {"kind": "district_council"}),
    ],
)
def test_refused_form_changes_nothing(office: Client, whose: Callable[[Resolution], Any], refused: dict):
    of = whose(decided())

    assert through(lambda: send(office, address("change", type(of), of.pk), **refused)) == UNTOUCHED
