"""A form with several buttons: one action a request, for every role; what is checked is what is done."""

import itertools
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from editing.exchange import proposal_actions
from editing.models import Proposal
from strategy.history.models import HistoryRecord
from tests.editing.matrix_world import build
from tests.editing.people import browser_of, person
from tests.editing.test_role_matrix import send
from tests.factories import UserFactory
from tests.role_matrix import SECTIONS, Ask
from tests.role_matrix.asking import NO_ROLE, ROLE_NAMES
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db

# The buttons of each form of ours, by the address that it is sent to. Each name stands in the form's template.
BUTTONS = {
    "editing:proposal": ("accept", "decline", "withdraw"),
    "editing:step": ("hoch", "runter"),
    "editing:change_measures": ("vorschau", "aendern", "zurueck"),
    "editing:freeze": ("show", "freeze", "take", "usual"),
    "editing:remark_done": ("done", "open"),
    "editing:status_report": ("speichern", "einfrieren", "zurueckziehen", "freigeben"),
    "editing:decide_redaction": ("confirm", "withdraw"),
    "editing:round_department": ("speichern", "abgeben"),
}
# One name, and a value for each button, so that no request means two; "seite" only says which page of a list is shown.
ONE_OF_A_NAME = {"bereinigt", "seite", "stand", "um", "weg", "welche"}


def asks_of(address: str) -> list[Ask]:
    return [ask for _title, rows in SECTIONS for row in rows for ask in row.asks if ask.address == address]


@pytest.mark.parametrize("role", [*ROLE_NAMES, NO_ROLE, "administrator"])
def test_no_role_does_anything_with_two_buttons_at_once(role: str):
    user = (
        User.objects.create_superuser("chef")
        if role == "administrator"
        else User.objects.create_user("neu", is_staff=True)
        if role == NO_ROLE
        else person(role)
    )
    client, world = browser_of(user), build(user)

    wrong = []
    for address, buttons in BUTTONS.items():
        for ask in (each for each in asks_of(address) if each.is_post):
            for pair in itertools.combinations(buttons, 2):
                for objects in (world.own, world.foreign):
                    both = {**ask.data, **{name: ask.data.get(name, "1") for name in pair}}
                    answer, written = send(client, Ask(ask.address, ask.args, data=both), objects)
                    if written or answer.status_code not in (400, 403):
                        wrong.append((address, pair, answer.status_code, written))

    assert wrong == []


def test_every_form_with_several_buttons_is_asked():
    named = set()
    for path in Path(settings.BASE_DIR / "templates").rglob("*.html"):
        named |= set(re.findall(r'<button[^>]*?type="submit"[^>]*? name="(\w+)"', path.read_text()))
        named |= set(re.findall(r'<button[^>]*? name="(\w+)"[^>]*?type="submit"', path.read_text()))
    for path in Path(settings.BASE_DIR / "editing").rglob("*.py"):
        named |= set(re.findall(r'<button form="\w+" name="(\w+)"', path.read_text()))
    of_allauth = {"action", "action_add", "action_primary", "action_remove", "action_send"}

    asked = {name for buttons in BUTTONS.values() for name in buttons}

    assert named - asked - ONE_OF_A_NAME - of_allauth == set()
    assert {"accept", "freeze", "aendern"} <= named


@pytest.fixture
def proposal() -> Proposal:
    nodes = plant("theme Bildung\n  guideline Lernen\n    strategic_goal Schulen")
    return proposal_actions.propose(
        nodes["Schulen"], content={"text": "Neu."}, by=person("Fachbereich"), reason="So"
    )


def test_nobody_accepts_their_own_proposal_by_withdrawing_it(proposal: Proposal):
    client = browser_of(proposal.by)

    answer = client.post(reverse("editing:proposal", args=[proposal.pk]), {"accept": "1", "withdraw": "1"})

    assert answer.status_code == 400
    assert "Es wurde nichts geändert." in answer.content.decode()
    assert (Proposal.objects.get().state, HistoryRecord.objects.count()) == ("open", 0)


@pytest.mark.parametrize("does", [proposal_actions.accept, proposal_actions.decline])
def test_action_itself_refuses_whoever_may_not_decide(proposal: Proposal, does):
    with pytest.raises(PermissionDenied):
        does(proposal, by=proposal.by, answer="Ja")

    assert (Proposal.objects.get().state, HistoryRecord.objects.count()) == ("open", 0)


def test_action_itself_refuses_to_withdraw_what_somebody_else_proposed(proposal: Proposal):
    with pytest.raises(PermissionDenied):
        proposal_actions.withdraw(proposal, by=UserFactory(is_superuser=True))

    assert Proposal.objects.get().state == "open"
