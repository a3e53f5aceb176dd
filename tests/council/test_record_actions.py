"""What must hold of a paper's consultations, and of votes, together: every door refuses with the same sentence."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from council import actions
from council.consultations import Consultation, GroupVote, Resolution
from council.papers import Paper
from strategy.editions.public_rows import write
from tests.council.council_steps import COUNCIL_DAY, decide, paper_for
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    MeasureFactory,
    PaperFactory,
    ResolutionFactory,
    UserFactory,
)
from tests.opened_form import opened

pytestmark = pytest.mark.django_db

DAY = date(2021, 10, 5)
FILE = """\
format: 1
bodies:
  - {{key: rat, name: Rat, kind: council}}
  - {{key: ausschuss, name: Ausschuss, kind: committee}}
papers:
  - reference: 2021/0734
    name: Vorlage
    dated_on: {dated_on}
    consultations:
      - {{body: ausschuss, held_on: {hearing}, role: hearing}}
      - {{body: rat, held_on: 2021-10-05, role: decision, result: {result}}}
nodes: []
"""
AFTER_DECISION = (
    "„Ausschuss, 06.10.2021“ liegt nach der Entscheidung (Rat, 05.10.2021). Die Entscheidung kommt zuletzt."
)
AFTER_ITS_DAY = (
    "„Ausschuss, 06.10.2021“ liegt nach dem Tag der Entscheidung (Rat, 05.10.2021). Die Entscheidung kommt zuletzt; "
    "wurde sie vertagt, tragen Sie das bitte als ihr Ergebnis ein."
)
BEFORE_PAPER = "„Ausschuss, 31.08.2021“ läge vor dem Datum der Vorlage (01.09.2021)."
MISFITS = {
    "postponed": "Zu Rat, 05.10.2021 ist ein Beschluss erfasst, deshalb kann das Ergebnis nicht sein: vertagt.",
    "rejected": "Diese Stimmenzahlen passen nicht zum Ergebnis der Beratung (abgelehnt).",
}


@pytest.fixture
def office(client: Client) -> Client:
    """Logged in with every right."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


@pytest.fixture
def paper() -> Paper:
    """A hearing in September, the council's decision in October."""
    paper = PaperFactory(reference="2021/0734", name="Vorlage", dated_on=date(2021, 9, 1))
    committee = BodyFactory(key="ausschuss", name="Ausschuss", kind="committee")
    ConsultationFactory(paper=paper, body=committee, held_on=date(2021, 9, 15), role="hearing")
    council = BodyFactory(key="rat", name="Rat")
    ConsultationFactory(paper=paper, body=council, held_on=DAY, role="decision", result="approved")
    return paper


Door = Callable[..., str]


@pytest.fixture(params=["form", "file", "action"])
def record(request: pytest.FixtureRequest, office: Client, tmp_path: Path) -> Door:
    """Records that of the paper through one of the doors. Returns what is said then; "" where it is done."""

    def by_form(hearing: str, dated_on: str, result: str) -> str:
        url = f"/verwaltung/council/paper/{Paper.objects.get().pk}/change/"
        page = opened(office.get(url).content.decode())
        page |= {"dated_on": dated_on, "consultations-0-held_on": hearing, "consultations-1-result": result}
        response = office.post(url, page)
        return response.content.decode() if response.status_code == 200 else ""

    def by_file(**values: str) -> str:
        path = tmp_path / "datei.yaml"
        path.write_text(FILE.format(**values), encoding="utf-8")
        try:
            call_command("load_strategy", str(path), "--overwrite", stdout=StringIO())
        except CommandError as error:
            return str(error)
        return ""

    def by_action(hearing: str, dated_on: str, result: str) -> str:
        paper = Paper.objects.get()
        paper.dated_on = date.fromisoformat(dated_on)
        consultations = list(paper.consultations.all())
        consultations[0].held_on = date.fromisoformat(hearing)
        consultations[1].result = result
        try:
            write(save=[paper, *consultations])
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    doors = {"form": by_form, "file": by_file, "action": by_action}

    def recorded(*, hearing: str, dated_on: str = "2021-09-01", result: str = "approved") -> str:
        return doors[request.param](hearing=hearing, dated_on=dated_on, result=result)

    return recorded


def rows() -> list[Any]:
    return [*Paper.objects.values(), *Consultation.objects.values(), *Resolution.objects.values()]


class TestConsultations:
    @pytest.mark.parametrize(
        ("values", "sentence"),
        [
            ({"hearing": "2021-10-06"}, AFTER_DECISION),
            ({"hearing": "2021-10-06", "result": ""}, AFTER_ITS_DAY),
            ({"hearing": "2021-08-31"}, BEFORE_PAPER),
        ],
    )
    def test_way_that_cannot_be_is_refused(self, paper: Paper, record: Door, values: dict, sentence: str):
        before = rows()

        assert sentence in record(**values)
        assert rows() == before

    @pytest.mark.parametrize(
        "values",
        [
            {"hearing": "2021-10-05"},
            {"hearing": "2021-09-01"},
            {"hearing": "2021-10-06", "result": "postponed"},
            {"hearing": "2021-08-31", "dated_on": "2021-08-31"},
        ],
    )
    def test_edge_is_recorded(self, paper: Paper, record: Door, values: dict):
        assert record(**values) == ""
        assert str(paper.consultations.get(role="hearing").held_on) == values["hearing"]

    @pytest.mark.parametrize("result", ["postponed", "rejected"])
    def test_result_that_does_not_fit_what_was_resolved(self, paper: Paper, record: Door, result: str):
        votes = {"votes_for": 3, "votes_against": 1, "votes_abstaining": 0}
        ResolutionFactory(consultation=paper.consultations.get(role="decision"), **votes)
        before = rows()

        assert MISFITS[result] in record(hearing="2021-09-15", result=result)
        assert rows() == before
        assert record(hearing="2021-09-15", result="amended") == ""

    def test_result_of_a_day_to_come(self, paper: Paper):
        tomorrow = timezone.localdate() + timedelta(1)
        decision = Consultation(paper=paper, body=BodyFactory(), held_on=tomorrow, result="noted")

        with pytest.raises(ValidationError, match="Dieser Tag liegt in der Zukunft"):
            write(save=[decision])

    def test_sealed_way_is_not_asked_again(self, edition):
        paper = paper_for(edition)
        actions.submit(paper)
        actions.carry_over(decide(paper, "approved"))
        Consultation.objects.filter(role="preliminary").update(held_on=COUNCIL_DAY + timedelta(1))

        write(save=[Paper.objects.get()])

        assert Paper.objects.get().is_sealed


@pytest.fixture
def resolution(paper: Paper) -> Resolution:
    decision = paper.consultations.get(role="decision")
    resolution = ResolutionFactory(consultation=decision, votes_for=5, votes_against=1, votes_abstaining=0)
    for name in ("A", "B"):
        GroupVote.objects.create(
            resolution=resolution, name=name, votes_for=2, votes_against=0, votes_abstaining=0
        )
    return resolution


@pytest.fixture(params=["form", "action"])
def vote(request: pytest.FixtureRequest, office: Client) -> Door:
    """Records how many of the second group voted for it, of how many in all, through one of the doors."""

    def by_form(group: int, whole: int) -> str:
        url = f"/verwaltung/council/resolution/{Resolution.objects.get().pk}/change/"
        page = opened(office.get(url).content.decode())
        response = office.post(url, page | {"votes_for": str(whole), "groups-1-votes_for": str(group)})
        return response.content.decode() if response.status_code == 200 else ""

    def by_action(group: int, whole: int) -> str:
        resolution, second = Resolution.objects.get(), GroupVote.objects.get(name="B")
        resolution.votes_for, second.votes_for = whole, group
        try:
            write(save=[resolution, second])
        except ValidationError as error:
            return " ".join(error.messages)
        return ""

    return {"form": by_form, "action": by_action}[request.param]


class TestVotes:
    def test_groups_have_no_more_votes_than_there_are(self, resolution: Resolution, vote: Door):
        assert "Die Fraktionen haben zusammen mehr Ja-Stimmen (6), als es insgesamt gibt (5)." in vote(4, 5)
        assert list(GroupVote.objects.values_list("votes_for", flat=True)) == [2, 2]

    def test_edge_is_recorded(self, resolution: Resolution, vote: Door):
        assert vote(3, 5) == ""
        assert list(GroupVote.objects.values_list("votes_for", flat=True)) == [2, 3]

    def test_both_numbers_rise_together(self, resolution: Resolution, vote: Door):
        assert vote(10, 12) == ""

    def test_whole_does_not_fall_below_the_groups(self, resolution: Resolution, vote: Door):
        assert "Die Fraktionen haben zusammen mehr Ja-Stimmen (4), als es insgesamt gibt (3)." in vote(2, 3)
        assert Resolution.objects.get().votes_for == 5

    def test_votes_fit_the_result(self, resolution: Resolution, vote: Door):
        GroupVote.objects.update(votes_for=0)

        assert "Diese Stimmenzahlen passen nicht zum Ergebnis der Beratung (beschlossen)." in vote(0, 1)


def test_measure_that_is_sample_is_refused(paper: Paper):
    measure = MeasureFactory(title="Beispiel: Garten", is_sample=True)

    with pytest.raises(ValidationError, match="Diese Maßnahme ist ein Beispiel"):
        write(save=[paper.measures.model(paper=paper, uid=measure.uid)])
