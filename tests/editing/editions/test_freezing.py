"""From work to edition: what would change, freezing by the guided page, publishing, taking back."""

import re

import pytest
from django.test import Client

from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition, PublicState, Strategy
from strategy.history import node_actions
from strategy.history.origin_actions import set_origins
from strategy.tree.models import Node
from strategy.tree.review import Review
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.opened_form import confirmed
from tests.strategy.outline import plant, saved

pytestmark = pytest.mark.django_db

TREE = """
theme Bildung
  guideline Lernen
    strategic_goal Schulen
      measure Garten
      measure Kurse
    strategic_goal Kitas
"""


@pytest.fixture
def nodes():
    Strategy(city="Herne", title="Strategie", edition_title="Herbst", edition_slug="herbst").save()
    plant(TREE)
    Node.objects.update(review=Review.AGREED)
    return saved()


@pytest.fixture
def office() -> Client:
    return browser_of(person("Koordinationsstelle", name="Karla"))


def freeze(client: Client, *, seen: dict[str, str] | None = None, **data):
    """What a browser sends of the page that shows these choices."""
    shown = seen or client.post("/verwaltung/einfrieren/", {**data, "show": "1"}).context["plan"].seen.fields
    sent = {"title": "Herbst", "slug": "herbst", **shown, "freeze": "1", **data}
    return client.post("/verwaltung/einfrieren/", sent)


def titles(slug: str) -> list[str]:
    library.forget()
    document = library.document(Edition.objects.get(slug=slug))
    return [entry.title for entry in document.by_uid.values()]


def adopt(slug: str) -> None:
    edition = Edition.objects.get(slug=slug)
    actions.set_state(edition, "consultation", paper_number="2026/0001")
    actions.set_state(edition, "adopted", decided_by="Rat", decided_on="2026-10-01", result="beschlossen")


def test_page_says_what_is_not_agreed_and_what_is_missing(office, nodes):
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Kitas"])
    Node.objects.filter(pk=nodes["Schulen"].pk).update(review=Review.AGREED)

    page = office.get("/verwaltung/einfrieren/").content.decode()

    said = text_of(page)
    assert "Nicht abgestimmt (2)" in said
    chosen = re.findall(r'<select name="wahl-[^"]+"[^>]*>.*?<option value="(\w+)" selected', page, flags=re.S)
    assert chosen == ["agreed", "out"]
    assert "Maßnahme ohne Federführung (2)" in said
    assert "Ziel ohne Maßnahme (1)" in said
    assert 'value="Herbst"' in page


def test_frozen_edition_holds_the_agreed_content_and_is_not_public(office, nodes):
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Kitas"])

    response = freeze(office)

    edition = Edition.objects.get()
    assert response.status_code == 302
    assert titles("herbst") == ["Bildung", "Lernen", "Schulen", "Garten", "Kurse", "Kitas"]
    assert (edition.frozen_by.username, edition.published_at) == ("Karla", None)
    assert PublicState.objects.filter(shown__isnull=False).count() == 0


def test_each_open_node_can_be_decided_otherwise(office, nodes):
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    added = node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Kitas"])
    node_actions.set_review(nodes["Kurse"], Review.OPEN)

    freeze(
        office,
        **{
            f"wahl-{nodes['Garten'].uid}": "working",
            f"wahl-{added.uid}": "working",
            f"wahl-{nodes['Kurse'].uid}": "out",
        },
    )

    assert titles("herbst") == ["Bildung", "Lernen", "Schulen", "Beete", "Kitas", "Labor"]


def test_nothing_that_was_adopted_leaves_by_accident(office, nodes):
    freeze(office)
    adopt("herbst")
    node_actions.delete(nodes["Kurse"], reason="Erledigt")

    page = text_of(office.get("/verwaltung/einfrieren/").content.decode())
    refused = freeze(office, slug="winter").content.decode()
    count_then = Edition.objects.count()
    freeze(office, slug="winter", may_leave="on")

    assert "In der beschlossenen Fassung, aber nicht in dieser (1) 1.1.0.2 Kurse" in page
    assert "Bitte bestätigen Sie, dass sie wegfallen sollen." in refused
    assert count_then == 1
    assert "Kurse" not in titles("winter")


def test_tree_that_changed_since_the_page_was_opened_is_not_frozen(office, nodes):
    seen = office.get("/verwaltung/einfrieren/").context["plan"].seen.fields
    node_actions.change(nodes["Garten"], content={"text": "Neu."}, is_correction=True)

    page = freeze(office, seen=seen, remark="Mein Hinweis").content.decode()

    assert "Inzwischen hat sich der Arbeitsstand geändert." in page
    assert "Mein Hinweis</textarea>" in page
    assert Edition.objects.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"slug": "Herbst 1"}, "Die Adresse darf nur a–z, 0–9 und Bindestriche enthalten."),
        ({"slug": ""}, "Dieses Feld ist zwingend erforderlich."),
        ({"title": "Herbst 😀"}, "Zeichen 8"),
        ({"paper": "2026/9999"}, "Die Vorlage „2026/9999“ ist hier nicht erfasst."),
    ],
)
def test_bad_input_is_refused_with_a_sentence(office, nodes, data, sentence: str):
    page = freeze(office, **data).content.decode()

    assert sentence in page
    assert Edition.objects.count() == 0


def test_address_that_is_taken_is_refused(office, nodes):
    freeze(office)

    page = freeze(office).content.decode()

    assert "Unter der Adresse „herbst“ gibt es schon eine Fassung." in page
    assert Edition.objects.count() == 1


def test_choices_that_make_no_sense_are_left_aside(office, nodes):
    added = node_actions.add(kind="measure", content={"title": "Labor"}, parent=nodes["Kitas"])

    freeze(office, **{f"wahl-{added.uid}": "agreed", "wahl-x": "out", f"wahl-{nodes['Kitas'].uid}": "out"})

    assert titles("herbst") == ["Bildung", "Lernen", "Schulen", "Garten", "Kurse", "Kitas"]


def test_what_would_change_is_shown_beside_the_published_edition(office, nodes):
    freeze(office)
    actions.publish(Edition.objects.get())
    node_actions.change(nodes["Garten"], content={"title": "Beete"}, reason="Klarer")
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child")
    set_origins(nodes["Kurse"], origins=[str(nodes["Garten"].uid)])

    page = text_of(office.get("/verwaltung/was-sich-aendert/").content.decode())

    assert "in 2 Änderungen: 1 verschoben, 1 geändert." in page
    assert "Änderung 1: 1.1.0.1 Beete" in page
    assert "Daraus hervorgegangen: „1.2.0.1 Kurse“ (Änderung 2)" in page
    assert "Begründung: Klarer" in page
    assert "Änderung 2: 1.2.0.1 Kurse" in page
    assert (
        "verschoben · 1.1.0.2 → 1.2.0.1 · bisher: steht unter „1.1 Schulen“; jetzt: steht unter „1.2 Kitas“"
        in page
    )
    assert "Hat aufgenommen: „1.1.0.1 Garten“ (Änderung 1)" in page


def test_publishing_and_taking_back_are_asked_first(office, nodes):
    freeze(office)
    first = Edition.objects.get()
    actions.publish(first)
    node_actions.change(nodes["Garten"], content={"title": "Beete"})
    node_actions.set_review(nodes["Garten"], Review.AGREED)
    freeze(office, slug="winter", title="Winter")
    second = Edition.objects.get(slug="winter")

    asked = text_of(office.get(f"/verwaltung/veroeffentlichen/{second.pk}/").content.decode())
    shown_then = PublicState.objects.get().shown
    confirmed(office, f"/verwaltung/veroeffentlichen/{second.pk}/")
    shown_after = PublicState.objects.get().shown
    taking_back = text_of(office.get("/verwaltung/zuruecknehmen/").content.decode())
    confirmed(office, "/verwaltung/zuruecknehmen/")

    assert "Die Öffentlichkeit liest heute „Herbst“." in asked
    assert "Änderung 1: 1.1.0.1 Beete" in asked
    assert "Die Öffentlichkeit liest heute „Winter“. Ab sofort läsen alle wieder „Herbst“" in taking_back
    assert "Änderung 1: 1.1.0.1 Garten" in taking_back
    assert (shown_then, shown_after, PublicState.objects.get().shown) == (first, second, first)


def test_taking_back_the_only_edition_is_refused_with_a_sentence(office, nodes):
    freeze(office)
    actions.publish(Edition.objects.get())

    page = confirmed(office, "/verwaltung/zuruecknehmen/").content.decode()

    assert "Es gibt keine frühere Fassung, die stattdessen gezeigt werden könnte." in page
    assert PublicState.objects.get().shown.slug == "herbst"


def test_nothing_to_compare_with_is_said(office, nodes):
    page = office.get("/verwaltung/was-sich-aendert/").content.decode()

    assert "Noch ist nichts veröffentlicht, also gibt es nichts zu vergleichen." in page


def test_edition_without_the_sample_has_none(office, nodes):
    sample = node_actions.add(
        kind="measure", content={"title": "Beispiel: Beet"}, parent=nodes["Kitas"], is_sample=True
    )
    freeze(office)
    freeze(office, slug="mit", **{f"wahl-{sample.uid}": "working"})

    assert {e.slug: e.has_sample for e in Edition.objects.all()} == {"herbst": False, "mit": True}
