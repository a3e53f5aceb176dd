"""Rights where the matrix of roles does not look: groups of other permissions, an empty database, forged answers."""

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

from editing.models import Remark
from editing.rights import may_move
from strategy.editions import actions
from strategy.editions.models import Strategy
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.factories import (
    DepartmentFactory,
    EditionFactory,
    GuidelineFactory,
    MeasureFactory,
    StrategyFactory,
    ThemeFactory,
)
from tests.opened_form import confirmed
from tests.strategy.outline import plant

pytestmark = pytest.mark.django_db


def staff_with(*codenames: str) -> Client:
    user = User.objects.create_user("eigens", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return browser_of(user)


def test_title_page_of_an_empty_database_is_for_editors():
    address, data = "/verwaltung/strategy/strategy/add/", {"city": "Herne", "title": "Strategie"}

    refused = browser_of(person("Lesen")).post(address, data).status_code
    browser_of(person("Steuerungsgruppe")).post(address, data)

    assert refused == 403
    assert Strategy.objects.get().title == "Strategie"


def test_whoever_reads_editions_sees_when_they_were_published():
    edition = EditionFactory()
    edition.publications.create(published_at="2026-10-01T12:00Z", published_by=person("Lesen", name="petra"))

    page = browser_of(person("Lesen")).get(f"/verwaltung/strategy/edition/{edition.pk}/change/")

    assert "petra" in page.content.decode()


def test_answer_is_to_a_remark_and_not_to_an_answer():
    editor = person("Steuerungsgruppe")
    node = ThemeFactory()
    asked = Remark.objects.create(uid=node.uid, title="Frage", text="Warum?", by=editor)
    answer = Remark.objects.create(uid=node.uid, title="Frage", text="Darum.", by=editor, answers=asked)
    address = f"/verwaltung/knoten/{node.uid}/anmerkungen/"

    for given in (asked.pk, answer.pk, "9" * 5000):
        browser_of(editor).post(address, {"text": "Aha", "answers": given})

    said = Remark.objects.filter(text="Aha").values_list("answers", flat=True)
    assert list(said) == [asked.pk, None, None]


def test_whoever_edits_all_and_may_not_agree_does_not_agree_by_restoring():
    node = ThemeFactory()
    node_actions.set_review(node, "agreed")
    node_actions.set_review(node, "draft")
    record = HistoryRecord.objects.first()
    browser = staff_with("view_historyrecord", "change_node")

    response = browser.post(f"/verwaltung/verlauf/{record.pk}/wiederherstellen/", {"reason": "Doch"})

    assert response.status_code == 403
    assert Node.objects.get(pk=node.pk).review == "draft"


def test_reason_of_a_deletion_follows_the_text_rules():
    node = ThemeFactory(title="Wohnen")
    address = f"/verwaltung/themes/theme/{node.pk}/delete/"

    page = confirmed(browser_of(person("Steuerungsgruppe")), address, reason="Weg\x00")

    assert Node.objects.filter(pk=node.pk).exists()
    assert "Zeichen 4" in page.content.decode()


def test_deletion_of_what_was_adopted_asks_for_a_reason():
    StrategyFactory()
    node = ThemeFactory(title="Wohnen")
    edition = actions.freeze(slug="erste", title="Erste")
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    actions.set_state(edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen")
    browser, address = browser_of(person("Steuerungsgruppe")), f"/verwaltung/themes/theme/{node.pk}/delete/"

    asked = confirmed(browser, address)
    is_there = Node.objects.filter(pk=node.pk).exists()
    confirmed(browser, address, reason="Zusammengelegt")

    assert "„Wohnen“ steht in der beschlossenen Fassung" in asked.content.decode()
    assert (is_there, Node.objects.filter(pk=node.pk).exists()) == (True, False)


def test_editor_of_themes_moves_between_their_own_alone():
    plant(
        """
        theme Eins
          guideline Leitlinie
            strategic_goal Ziel
        theme Zwei
          guideline Andere
        theme Drei
          guideline Dritte
        """
    )
    nodes = {node.title: node for node in Node.objects.all()}
    editor = person("Themenfeld-Redaktion", themes=[nodes["Eins"].theme.pk, nodes["Zwei"].theme.pk])

    may = {name for name in ("Leitlinie", "Andere", "Dritte") if may_move(editor, nodes["Ziel"], nodes[name])}

    assert may == {"Leitlinie", "Andere"}
    assert not may_move(editor, nodes["Eins"], None)


def test_right_in_a_theme_goes_with_the_node():
    mine, theirs = ThemeFactory(), ThemeFactory()
    guideline = GuidelineFactory(parent=mine)
    editor = person("Themenfeld-Redaktion", themes=[mine])
    before = editor.has_perm("strategy.change_node", Node.objects.get(pk=guideline.pk))

    node_actions.move(guideline, target=theirs, pos="last-child")

    fresh = User.objects.get(pk=editor.pk)
    assert before
    assert not fresh.has_perm("strategy.change_node", Node.objects.get(pk=guideline.pk))


def test_several_roles_add_up():
    department = DepartmentFactory()
    user = person("Gremienbüro", departments=[department])
    user.groups.add(*person("Fachbereich").groups.all())
    measure = MeasureFactory(lead=department)

    fresh = User.objects.get(pk=user.pk)

    assert fresh.has_perm("council.add_paper")
    assert fresh.has_perm("measures.change_progress", measure)
    assert not fresh.has_perm("measures.change_progress", MeasureFactory(lead=DepartmentFactory()))


def test_inactive_account_has_no_right_on_any_object():
    department = DepartmentFactory()
    user = person("Fachbereich", departments=[department])
    measure = MeasureFactory(lead=department)
    user.is_active = False

    assert not user.has_perm("measures.change_progress", measure)
    assert not user.has_perm("strategy.view_node", measure)
