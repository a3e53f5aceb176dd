"""Every request of the administration: the public revision rises with those that change something public alone."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from strategy.editions.library import library
from tests.editing.matrix_world import Objects, build
from tests.factories import UserFactory
from tests.public_at_once.facts import RAISED, UNTOUCHED, through
from tests.role_matrix import SECTIONS, Ask

pytestmark = pytest.mark.django_db

PUBLIC = {
    "admin:measures_progress_change",
    "admin:measures_progress_add",
    "admin:measures_progress_delete",
    "admin:measures_progress_changelist",
    "admin:measures_department_add",
    "admin:measures_department_change",
    "admin:measures_department_changelist",
    "admin:council_body_add",
    "admin:council_body_change",
    "admin:council_body_changelist",
    "admin:council_paper_add",
    "admin:council_paper_change",
    "admin:council_paper_delete",
    "admin:council_resolution_add",
    "admin:council_resolution_change",
    "admin:council_resolution_delete",
    "admin:legal_legalpage_change",
    "editing:delete_edition",
    "editing:publish",
    "editing:take_back",
    "editing:submit_paper",
    "editing:carry_over",
    "editing:keep_original",
    "editing:replace_department",
    "editing:reports",
    "editing:execution",
    "editing:status_report",
    "editing:correct_report",
    "editing:publish_reports",
}
"""The pages on which something public at once is changed, or an edition becomes public."""


@pytest.fixture(autouse=True)
def _quiet(settings: Any) -> Iterator[None]:
    settings.USERSESSIONS_TRACK_ACTIVITY = False
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def asks() -> list[Ask]:
    """All that is sent by any page; the matrix has every address of the administration."""
    return [ask for _title, rows in SECTIONS for row in rows for ask in row.asks if ask.is_post]


def seen(client: Client, ask: Ask, objects: Objects) -> tuple[bool, bool]:
    """What a request does. All of it is undone."""
    with transaction.atomic():
        done = through(lambda: client.post(ask.url(objects), ask.filled_in(objects)))
        transaction.set_rollback(True)
    library.forget()
    return done


def test_revision_rises_with_what_is_public_and_nothing_else():
    user = UserFactory(is_staff=True, is_superuser=True)
    client, objects = Client(), build(user).own
    client.force_login(user)

    found = [(ask.address, seen(client, ask, objects)) for ask in asks()]

    assert {(address, each) for address, each in found if each not in (RAISED, UNTOUCHED)} == set()
    assert {address for address, each in found if each == RAISED} == PUBLIC
