"""Two persons order what is blackened: one records it, another confirms it."""

import datetime
import logging
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from strategy.editions.redaction import redaction_actions as actions
from strategy.editions.redaction.orders import RedactionOrder
from strategy.history import node_actions
from strategy.tree.models import Node
from tests.factories import PowerlessUserFactory, UserFactory
from tests.strategy.editions.frozen import frozen
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 3)
TREE = """
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          measure Garten
"""


@pytest.fixture
def clerk():
    return UserFactory(username="erika", is_superuser=True)


@pytest.fixture
def other():
    return UserFactory(username="otto", is_superuser=True)


@pytest.fixture(autouse=True)
def _edition():
    plant(TREE, Garten={"text": "Herr Mustermann sagt zu.", "easy_text": "Mustermann hilft."})
    frozen()
    node_actions.change(Node.objects.get(title="Garten"), content={"text": "Es wird zugesagt."})


def record(by, *words: str, **values: object) -> RedactionOrder:
    return actions.order_redaction(
        **{"reference": "7 K 12/26", "basis": "court", "ordered_on": DAY, "words": words, "by": by, **values}
    )


def refusal(action, *args: object, **kwargs: object) -> str:
    with transaction.atomic(), pytest.raises(ValidationError) as raised:
        action(*args, **kwargs)
    return " ".join(raised.value.messages)


def test_an_order_names_every_place_in_editions_and_in_the_history(clerk):
    order = record(clerk, "Mustermann")

    assert [(each.place, each.count) for each in order.passages.all()] == [
        ("Erste: Maßnahme 1.1.0.1 Garten, Text", 1),
        ("Erste: Maßnahme 1.1.0.1 Garten, Text in Leichter Sprache", 1),
        ("Verlauf: Garten", 3),
    ]


@pytest.mark.parametrize(
    "words, says",
    [
        (["mustermann"], "steht in keiner Fassung"),
        (["Ma"], "zu kurz"),
        (["x" * 501], "mehr als 500 Zeichen"),
        ([" ", ""], "Bitte geben Sie die Wörter ein"),
    ],
)
def test_words_that_cannot_be_blackened_are_refused_and_nothing_is_kept(clerk, words, says):
    assert says in refusal(record, clerk, *words)
    assert not RedactionOrder.objects.exists()


def test_a_day_to_come_and_an_unknown_basis_are_refused(clerk):
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)

    assert "liegt in der Zukunft" in refusal(record, clerk, "Mustermann", ordered_on=tomorrow)
    assert refusal(record, clerk, "Mustermann", basis="laune")


def test_whoever_recorded_an_order_cannot_confirm_it(clerk, other):
    order = record(clerk, "Mustermann")

    assert "Sie haben diese Anordnung selbst erfasst" in refusal(actions.confirm_redaction, order, by=clerk)
    assert actions.confirm_redaction(order, by=other, seen=actions.passages_mark(order)).is_due


def test_the_database_holds_the_rule_of_two_persons_as_well(clerk):
    order = record(clerk, "Mustermann")
    rows = RedactionOrder.objects.filter(pk=order.pk)

    for wrong in (
        {"confirmed_by": clerk, "confirmed_at": timezone.now()},
        {"confirmed_at": timezone.now()},
        {"carried_out_at": timezone.now()},
    ):
        with transaction.atomic(), pytest.raises(IntegrityError):
            rows.update(**wrong)


def test_what_is_confirmed_is_what_was_seen(clerk, other):
    order = record(clerk, "Mustermann")
    seen = actions.passages_mark(order)
    actions.set_stays(order.passages.first(), stays=True, by=clerk)

    assert "haben sich inzwischen geändert" in refusal(actions.confirm_redaction, order, by=other, seen=seen)


def test_an_order_that_leaves_every_passage_is_not_confirmed(clerk, other):
    order = record(clerk, "Mustermann")
    for each in order.passages.all():
        actions.set_stays(each, stays=True, by=clerk)

    assert "Es ist nichts zu schwärzen" in refusal(actions.confirm_redaction, order, by=other)


def test_a_confirmed_order_does_not_change_but_can_be_withdrawn(clerk, other):
    order = record(clerk, "Mustermann")
    actions.confirm_redaction(order, by=other)

    assert "schon bestätigt" in refusal(actions.set_stays, order.passages.first(), stays=True, by=clerk)
    assert "schon bestätigt" in refusal(actions.confirm_redaction, order, by=other)

    actions.withdraw_redaction(order, by=clerk)

    assert not RedactionOrder.objects.exists()
    assert "inzwischen jemand zurückgezogen" in refusal(actions.confirm_redaction, order, by=other)


def test_an_order_that_is_carried_out_cannot_be_withdrawn(clerk, other):
    order = actions.confirm_redaction(record(clerk, "Mustermann"), by=other)
    RedactionOrder.objects.update(carried_out_at=timezone.now())

    assert "Was geschwärzt ist, kommt nicht zurück" in refusal(actions.withdraw_redaction, order, by=clerk)


def test_without_the_right_nothing_is_ordered(clerk):
    nobody = PowerlessUserFactory()

    with pytest.raises(PermissionDenied):
        record(nobody, "Mustermann")
    with pytest.raises(PermissionDenied):
        actions.confirm_redaction(record(clerk, "Mustermann"), by=nobody)


@pytest.fixture
def events() -> Iterator[list[str]]:
    """What the security log says, event by event."""
    handler, written = logging.Handler(), list[str]()
    handler.emit = lambda line: written.append(line.getMessage().split(" ", 1)[1])  # type: ignore[method-assign]
    logging.getLogger("portal.security").addHandler(handler)
    yield written
    logging.getLogger("portal.security").removeHandler(handler)


def test_the_security_log_says_who_ordered_and_who_confirmed_but_no_words(
    clerk, other, events, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        order = record(clerk, "Mustermann")
        actions.confirm_redaction(order, by=other)
        number = order.pk
        actions.withdraw_redaction(order, by=clerk)

    assert events == [
        f"event=redaction_{what} account={who} address=- object=order:{number} detail=-"
        for what, who in (("ordered", "erika"), ("confirmed", "otto"), ("withdrawn", "erika"))
    ]
