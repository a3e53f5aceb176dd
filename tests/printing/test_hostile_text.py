"""Hostile text in every field of the council's data: shown as text, or refused with a sentence; never a 500."""

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from council import actions
from council.consultations import Consultation, Resolution
from council.papers import Paper
from tests.council.test_admin import paper_data, rows
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, PaperFactory, ResolutionFactory

pytestmark = pytest.mark.django_db

HARMLESS = (
    "</td></style><script>alert(1)</script> #panic() *fett* $x$ `raw` [[link]] &amp; {{ user }} {% now %}"
)
REFUSED = {
    "a control character": "Text\x07",
    "a mark that turns the direction": "Text \u202e txet",
    "an emoji": "Text 🎉",
    "too much": "x" * 100_000,
}
PAPER_FIELDS = ("name", "paper_type", "under_direction_of", "proposal", "financial_impact", "proviso")


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
@pytest.mark.parametrize("field", PAPER_FIELDS)
def test_paper_refuses_it_with_a_sentence(office: Client, field: str, text: str) -> None:
    answer = office.post("/verwaltung/council/paper/add/", paper_data(**{field: text}))

    assert answer.status_code == 200
    assert 'class="errorlist"' in answer.content.decode()
    assert not Paper.objects.exists()


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED.keys())
def test_body_and_resolution_refuse_it_with_a_sentence(office: Client, text: str) -> None:
    consultation = ConsultationFactory(role="decision", result="approved")
    said = {
        "consultation": consultation.pk,
        "text": text,
        "vote_note": text,
        **rows("groups", {"name": text}),
    }
    body = {"key": "neu", "name": text, "short_name": text, "kind": "committee"}

    answers = [
        office.post("/verwaltung/council/resolution/add/", said),
        office.post("/verwaltung/council/body/add/", body),
    ]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert all('class="errorlist"' in answer.content.decode() for answer in answers)
    assert not Resolution.objects.exists()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//boese.example", "kein Link"])
def test_address_of_a_paper_is_one_of_the_web(office: Client, url: str) -> None:
    office.post("/verwaltung/council/paper/add/", paper_data(url=url))

    assert [paper.url for paper in Paper.objects.all() if not paper.url.startswith("https://")] == []


def test_markup_in_every_field_is_shown_as_text(office: Client) -> None:
    edition = EditionFactory()
    paper = PaperFactory(reference="2026/0001", edition=edition, **dict.fromkeys(PAPER_FIELDS, HARMLESS))
    body = BodyFactory(key="rat", name=HARMLESS)
    decision = ConsultationFactory(paper=paper, body=body, held_on=date(2026, 3, 17), role="decision")
    actions.submit(paper)
    Consultation.objects.update(result="approved")
    resolution = ResolutionFactory(consultation=decision, text=HARMLESS, vote_note=HARMLESS)
    resolution.groups.create(name=HARMLESS, votes_for=1, votes_against=0, votes_abstaining=0)
    actions.carry_over(paper)

    for address in (
        "/fassungen/",
        f"/fassungen/{edition.slug}/",
        f"/fassungen/{edition.slug}/druck/",
        f"/verwaltung/rat/vorlagen/{paper.pk}/",
        f"/verwaltung/council/paper/{paper.pk}/change/",
        f"/verwaltung/council/resolution/{resolution.pk}/change/",
    ):
        answer = office.get(address)

        assert answer.status_code == 200
        page = answer.content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
        assert "{{ user }}" in page
