"""Do edition and paper belong together, and which text did bodies have before them that met before it was frozen?"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from council import actions
from council.consultations import Consultation
from council.papers import Paper
from council.record_actions import check_and_keep
from herne_strategy.roles import COORDINATION
from printing.record import record_of
from strategy.editions.actions import freeze
from strategy.editions.models import Edition, Strategy
from strategy.tree.models import Node
from tests.editing.editions.test_council_page import page, take_step
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import BodyFactory, ConsultationFactory, PaperFactory
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db
EARLY = date(2026, 2, 3)
WHAT_TEXT = "Welchen Text berieten die, die vorher getagt haben?"
TOGETHER = "Gehören Fassung und Vorlage zusammen?"


@pytest.fixture
def paper() -> Paper:
    """It lays an edition before the council that a committee met about before it was frozen."""
    Strategy(city="Herne", title="Strategie").save()
    plant("chapter Vorwort")
    Node.objects.update(review="agreed")
    paper = PaperFactory(reference="2026/0100", edition=freeze(slug="entwurf", title="Entwurf"))
    committee = BodyFactory(key="umwelt", name="Umweltausschuss", kind="committee")
    ConsultationFactory(paper=paper, body=committee, held_on=EARLY, role="preliminary", considered="")
    ConsultationFactory(paper=paper, held_on=None, role="decision", considered="")
    return paper


@pytest.fixture
def office() -> Client:
    return browser_of(person(COORDINATION))


def committee() -> Consultation:
    return Consultation.objects.get(role="preliminary")


def refusal(paper: Paper, **more: object) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        actions.submit(paper, **more)
    assert Edition.objects.get(slug="entwurf").state == "working"
    return raised.value.messages


class TestEarlierText:
    def test_page_asks_and_the_answer_is_public_and_on_paper(self, office: Client, paper: Paper) -> None:
        shown = page(office, paper)
        take_step(office, paper, "einbringen", **{f"text-{committee().pk}": "earlier"})

        assert WHAT_TEXT in shown
        assert "Umweltausschuss, 03.02.2026 (Vorberatung)" in shown
        assert committee().is_of_earlier_text
        for address in ("/fassungen/entwurf/druck/", "/fassungen/"):
            said = text_of(Client().get(address).content.decode())
            assert said.count("beriet einen früheren Stand des Textes") == 1

    def test_record_says_it_only_of_an_earlier_text(self, paper: Paper) -> None:
        actions.submit(paper, considered={committee().pk: "earlier"})
        (recorded,) = record_of(Edition.objects.get())["papers"]

        early, council = recorded["consultations"]
        assert early["is_of_earlier_text"] is True
        assert "is_of_earlier_text" not in council

    def test_without_an_answer_nothing_is_submitted(self, paper: Paper) -> None:
        (message,) = refusal(paper)

        assert message == (
            "„Umweltausschuss, 03.02.2026“ liegt vor dem Einfrieren von „Entwurf“. Bitte geben Sie an, ob das Gremium "
            "diesen Text oder einen früheren Stand beriet; stimmt der Tag nicht, berichtigen Sie ihn in der Vorlage."
        )

    @pytest.mark.parametrize("answer", ["", "neither", "EARLIER"])
    def test_what_is_no_answer_is_none(self, paper: Paper, answer: str) -> None:
        refusal(paper, considered={committee().pk: answer})

        assert committee().considered == ""

    def test_answer_is_kept_with_the_step_or_not_at_all(self, paper: Paper) -> None:
        Paper.objects.update(withdrawn_on=EARLY)

        assert "Die Vorlage ist zurückgezogen." in refusal(paper, considered={committee().pk: "earlier"})
        assert committee().considered == ""

    def test_what_was_answered_stays_chosen_where_the_step_is_not_taken(self, office, paper) -> None:
        sent = {f"text-{committee().pk}": "earlier"}

        answer = office.post(f"/verwaltung/rat/vorlagen/{paper.pk}/einbringen/", sent)

        page_source = answer.content.decode()
        assert "Bitte setzen Sie zuerst das Häkchen" in text_of(page_source)
        assert page_source.count(" checked") == 1
        assert (
            f'value="earlier" required checked> <label for="id_text_{committee().pk}_earlier"' in page_source
        )

    def test_day_of_the_freezing_is_not_asked_about(self, office: Client, paper: Paper) -> None:
        Consultation.objects.filter(role="preliminary").update(held_on=timezone.localdate())

        assert WHAT_TEXT not in page(office, paper)
        assert actions.submit(paper).state == "consultation"

    def test_nothing_is_asked_of_a_text_that_is_recorded_after_the_decision(self, office, paper) -> None:
        """It is older than its edition: what the bodies had is the file that is uploaded."""
        decision = Consultation.objects.get(role="decision")
        Consultation.objects.filter(pk=decision.pk).update(held_on=date(2026, 3, 17), result="approved")

        asked = page(office, paper)
        submitted = actions.submit(paper)

        assert WHAT_TEXT not in asked
        assert "Die Vorlage ist schon entschieden" in asked
        assert submitted.state == "consultation"
        assert Paper.objects.get().is_recorded_afterwards
        assert not any(each.considered for each in Consultation.objects.all())

    def test_consultation_that_is_added_later_is_asked_about_too(self, paper: Paper) -> None:
        actions.submit(paper, considered={committee().pk: "this"})
        added = Consultation(
            paper=Paper.objects.get(), body=BodyFactory(key="bau"), held_on=EARLY + timedelta(1)
        )
        added.save()

        with pytest.raises(ValidationError, match="liegt vor dem Einfrieren"):
            check_and_keep([added])
        assert any("liegt vor dem Einfrieren" in each for each in actions.missing_to_decide(paper))

    def test_seal_from_before_the_question_stays_as_it_is(self, paper: Paper) -> None:
        actions.submit(paper, considered={committee().pk: "this"})
        Consultation.objects.filter(role="decision").update(held_on=timezone.localdate(), result="approved")
        Consultation.objects.filter(role="preliminary").update(result="noted")
        actions.carry_over(Paper.objects.get())
        Consultation.objects.update(considered="")

        check_and_keep([Paper.objects.get()])


class TestBelonging:
    def test_paper_and_edition_that_fit_raise_no_doubt(self, office: Client, paper: Paper) -> None:
        assert TOGETHER not in page(office, paper)

    def test_every_doubt_is_named(self, office: Client, paper: Paper) -> None:
        old = PaperFactory(reference="2021/0734")
        named = freeze(slug="andere", title="Andere", basis=old.as_plain())
        newer = freeze(slug="neuer", title="Neuer")
        PaperFactory(reference="2026/0200", edition=named)
        Paper.objects.filter(pk=paper.pk).update(edition=named, dated_on=date(2026, 1, 5))
        Consultation.objects.filter(role="decision").update(held_on=date(2026, 3, 17), result="approved")
        frozen = f"{timezone.localdate(named.frozen_at):%d.%m.%Y}"

        shown = page(office, paper)

        assert (
            f"{TOGETHER} Die Vorlage ist schon entschieden: Rat der Stadt, 17.03.2026. "
            f"Die Vorlage ist vom 05.01.2026, „Andere“ wurde aber erst am {frozen} eingefroren. "
            "„Andere“ bezieht sich auf die Vorlage 2021/0734, nicht auf diese. "
            "Auch die Vorlage 2026/0200 nennt „Andere“. "
            f"Nach „Andere“ wurde noch „{newer}“ eingefroren. Ich habe Fassung und Vorlage verglichen"
            in shown
        )

    def test_doubt_is_confirmed_before_the_step_is_taken(self, office: Client, paper: Paper) -> None:
        freeze(slug="neuer", title="Neuer")
        answers = {f"text-{committee().pk}": "this"}

        refused = take_step(office, paper, "einbringen", **answers)
        state = Edition.objects.get(slug="entwurf").state
        take_step(office, paper, "einbringen", **answers, belongs="on")

        assert "Fassung und Vorlage gehören vielleicht nicht zusammen" in refused
        assert state == "working"
        assert Edition.objects.get(slug="entwurf").state == "consultation"


@pytest.mark.parametrize(
    ("changed", "filled_in"),
    [
        ({}, "2026/0100"),
        ({"result": "approved", "held_on": EARLY}, ""),
        ({"result": "postponed"}, "2026/0100"),
    ],
)
def test_freeze_form_fills_in_no_paper_that_is_decided(office, paper, changed, filled_in) -> None:
    Strategy.objects.update(paper_number="2026/0100")
    Consultation.objects.filter(role="decision").update(**{"held_on": EARLY, **changed})

    form = office.get("/verwaltung/einfrieren/").context["form"]

    assert form.initial["paper"] == filled_in


def test_freeze_form_fills_in_no_paper_that_is_withdrawn(office: Client, paper: Paper) -> None:
    Strategy.objects.update(paper_number="2026/0100")
    Paper.objects.update(withdrawn_on=EARLY)

    assert office.get("/verwaltung/einfrieren/").context["form"].initial["paper"] == ""
