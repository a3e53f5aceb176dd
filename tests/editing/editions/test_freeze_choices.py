"""What is chosen at a freeze: group by group, proposed again at the next one, and what counts as changed meanwhile."""

import re

import pytest
from django.test import Client

from editing.models import FreezeChoice
from strategy.editions import actions
from strategy.editions.models import Edition, Strategy
from strategy.history import node_actions
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

PAGE = "/verwaltung/einfrieren/"
MEANWHILE = "Inzwischen hat sich der Arbeitsstand geändert."
TREE = """
chapter Vorwort
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
theme Klima
  guideline Grün
    strategic_goal Bäume
      measure Linden
chapter Ausblick
"""


@pytest.fixture
def nodes() -> dict[str, Node]:
    Strategy(city="Herne", title="Strategie").save()
    plant(TREE)
    Node.objects.update(review=Review.AGREED)
    return saved()


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


def change(node: Node, text: str = "Neu.", **more) -> None:
    node_actions.change(Node.objects.get(pk=node.pk), content={"text": text}, **more)


def sent_by(page: str) -> dict[str, str]:
    """What a browser sends of the page as it is, without a button."""
    hidden = dict(re.findall(r'<input type="hidden" name="(seen[^"]*)" value="([^"]*)"', page))
    selects = re.findall(r'<select name="(wahl-[^"]+)".*?value="(\w+)" selected', page, flags=re.S)
    return {**hidden, **dict(selects)}


def opened(client: Client) -> dict[str, str]:
    return sent_by(client.get(PAGE).content.decode())


def pressed(client: Client, button: str, value: str = "1", **choices: str) -> str:
    sent = {**opened(client), **choices, button: value}
    return client.post(PAGE, sent).content.decode()


def frozen(client: Client, sent: dict[str, str], slug: str = "herbst", **choices: str) -> str:
    data = {**sent, **choices, "title": slug, "slug": slug, "freeze": "1"}
    return client.post(PAGE, data, follow=True).content.decode()


def choice_of(page: str, node: Node) -> str:
    return sent_by(page)[f"wahl-{node.uid}"]


def wahl(node: Node) -> str:
    return f"wahl-{node.uid}"


def test_open_nodes_stand_below_their_theme_and_chapters_together(office: Client, nodes):
    for title in ("Ausblick", "Vorwort", "Linden", "Kurse"):
        change(nodes[title])

    page = text_of(office.get(PAGE).content.decode())

    heads = ["Kapitel (2)", "1 Bildung (1)", "2 Klima (1)"]
    assert [page.index(head) for head in heads] == sorted(page.index(head) for head in heads)


def test_all_are_taken_in_by_one_button_and_left_to_the_usual_by_another(office: Client, nodes):
    for title in ("Kurse", "Linden"):
        change(nodes[title])

    taken = pressed(office, "take", "all")
    usual = pressed(office, "usual", **{wahl(nodes["Kurse"]): "out"})

    assert [choice_of(taken, nodes[title]) for title in ("Kurse", "Linden")] == ["working", "working"]
    assert [choice_of(usual, nodes[title]) for title in ("Kurse", "Linden")] == ["agreed", "agreed"]


def test_a_theme_is_taken_in_and_all_else_stays_as_it_was_chosen(office: Client, nodes):
    for title in ("Garten", "Kurse", "Linden", "Vorwort"):
        change(nodes[title])

    page = pressed(office, "take", str(nodes["Bildung"].uid), **{wahl(nodes["Linden"]): "out"})
    chapters = pressed(office, "take", "chapters")

    chosen = [choice_of(page, nodes[title]) for title in ("Garten", "Kurse", "Linden", "Vorwort")]
    assert chosen == ["working", "working", "out", "agreed"]
    assert choice_of(chapters, nodes["Vorwort"]) == "working"


def test_two_buttons_at_once_are_refused(office: Client, nodes):
    assert office.post(PAGE, {"take": "all", "freeze": "1"}).status_code == 400


def test_choices_of_the_last_freeze_are_proposed_again_also_after_its_edition_is_deleted(
    office: Client, nodes
):
    for title in ("Garten", "Kurse", "Linden"):
        change(nodes[title])
    frozen(office, opened(office), **{wahl(nodes["Garten"]): "working", wahl(nodes["Linden"]): "out"})
    actions.delete(Edition.objects.get())

    page = office.get(PAGE).content.decode()

    chosen = [choice_of(page, nodes[title]) for title in ("Garten", "Kurse", "Linden")]
    assert chosen == ["working", "agreed", "out"]
    assert page.count("Gewählt wie beim letzten Einfrieren.") == 2


def test_choice_ends_when_the_node_is_agreed_anew(office: Client, nodes):
    change(nodes["Garten"])
    frozen(office, opened(office), **{wahl(nodes["Garten"]): "out"})
    node_actions.set_review(nodes["Garten"], Review.AGREED)
    change(nodes["Garten"], "Noch neuer.")

    page = office.get(PAGE).content.decode()

    assert choice_of(page, nodes["Garten"]) == "agreed"
    assert "Gewählt wie beim letzten Einfrieren." not in page


def test_choice_for_a_new_node_is_kept_until_it_is_agreed(office: Client, nodes):
    new = node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Schulen"])
    frozen(office, opened(office), **{wahl(new): "working"})
    change(new, "Mehr Worte.")

    assert choice_of(office.get(PAGE).content.decode(), new) == "working"


def test_only_the_last_freeze_is_remembered(office: Client, nodes):
    change(nodes["Garten"])
    change(nodes["Kurse"])
    frozen(office, opened(office), "eins", **{wahl(nodes["Garten"]): "out"})
    node_actions.set_review(nodes["Garten"], Review.AGREED)
    frozen(office, opened(office), "zwei", **{wahl(nodes["Kurse"]): "working"})

    assert [(each.uid, each.choice) for each in FreezeChoice.objects.all()] == [
        (nodes["Kurse"].uid, "working")
    ]


def test_refused_freeze_remembers_nothing(office: Client, nodes):
    change(nodes["Garten"])

    page = frozen(office, opened(office), "Falsche Adresse", **{wahl(nodes["Garten"]): "out"})

    assert "Die Adresse darf nur" in page
    assert not FreezeChoice.objects.exists()


def test_own_choices_are_no_change_of_somebody_else(office: Client, nodes):
    change(nodes["Garten"])

    page = frozen(office, opened(office), **{wahl(nodes["Garten"]): "working"})

    assert MEANWHILE not in page
    assert Edition.objects.get().slug == "herbst"


@pytest.mark.parametrize("choice", ["agreed", "out"])
def test_change_of_a_node_that_does_not_go_in_as_it_is_changes_nothing(office: Client, nodes, choice: str):
    change(nodes["Garten"])
    sent = opened(office)
    change(nodes["Garten"], "Noch einmal anders.")
    node_actions.set_review(nodes["Garten"], Review.DRAFT)

    page = frozen(office, sent, **{wahl(nodes["Garten"]): choice})

    assert MEANWHILE not in page
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("title", ["Garten", "Kurse"])
def test_change_of_what_goes_in_is_told_and_keeps_the_choices(office: Client, nodes, title: str):
    change(nodes["Garten"])
    sent = opened(office)
    change(nodes[title], "Noch einmal anders.", is_correction=title == "Kurse")

    page = frozen(office, sent, **{wahl(nodes["Garten"]): "working"})

    assert MEANWHILE in page
    assert choice_of(page, nodes["Garten"]) == "working"
    assert not Edition.objects.exists()


def test_node_that_came_meanwhile_is_told(office: Client, nodes):
    sent = opened(office)
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Schulen"])

    assert MEANWHILE in frozen(office, sent)


def test_choice_that_leaves_out_more_than_the_page_listed_is_shown_first(office: Client, nodes):
    change(nodes["Schulen"])
    choices = {wahl(nodes["Schulen"]): "out"}

    page = frozen(office, opened(office), **choices)
    again = frozen(office, sent_by(page))

    assert "Mit Ihrer Auswahl fehlen auch andere Knoten" in page and MEANWHILE not in page
    assert "Abgestimmt, aber weggelassen mit dem, worunter sie stehen (2)" in text_of(page)
    assert Edition.objects.count() == 1 and "eingefroren" in again
