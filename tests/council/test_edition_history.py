"""With what each edition is compared: the one that held before it, and the draft that the council changed."""

import json
import re
from datetime import date

import pytest
from django.test import Client

from council import actions
from council.papers import Paper
from strategy.editions.actions import publish, store, withhold
from strategy.editions.models import Edition
from tests.factories import ConsultationFactory, EditionFactory, PaperFactory

pytestmark = pytest.mark.django_db


def edition(slug: str, *, is_shown: bool = False) -> Edition:
    made = EditionFactory(slug=slug, title=f"Fassung {slug}")
    if is_shown:
        publish(made)
    return made


def changed(draft: Edition, slug: str) -> Edition:
    """An edition that says something else than this one."""
    data = json.loads(draft.content.data)
    data["meta"]["edition"]["title"] = f"Fassung {slug}"
    data["nodes"][0]["text"] = "Vom Rat geändert."
    return store(data, slug=slug)


def decide(edition: Edition, result: str, *, amended: Edition | None = None) -> Paper:
    """The council decides on this edition with this result."""
    paper = PaperFactory(reference=f"2026/{edition.pk:04}", edition=edition, amended_edition=amended)
    decision = ConsultationFactory(paper=paper, held_on=date(2026, 3, 17), role="decision")
    actions.submit(paper)
    decision.result = result
    decision.save()
    actions.carry_over(Paper.objects.get(pk=paper.pk))
    return paper


def compared(client: Client) -> dict[str, list[tuple[str, str]]]:
    """By edition: the links to a Synopse, each as the older edition and its words."""
    page = client.get("/fassungen/").content.decode()
    found: dict[str, list[tuple[str, str]]] = {}
    for old, new, words in re.findall(r'<a href="/fassungen/([^/"]+)/synopse/([^/"]+)/">([^<]*)</a>', page):
        found.setdefault(new, []).append((old, words))
    return found


def since(slug: str) -> tuple[str, str]:
    return slug, f"Was sich seit „Fassung {slug}“ geändert hat"


def test_edition_is_compared_with_the_one_shown_before_it(client: Client) -> None:
    for slug in ("eins", "zwei", "drei"):
        edition(slug, is_shown=True)

    assert compared(client) == {"zwei": [since("eins")], "drei": [since("zwei")]}


@pytest.mark.parametrize("is_shown", [True, False])
def test_rejected_edition_is_passed_over(client: Client, is_shown: bool) -> None:
    first = edition("2026", is_shown=True)
    decide(first, "approved")
    second = edition("2027", is_shown=is_shown)
    publish(first)  # what is shown cannot be rejected
    decide(second, "rejected")
    decide(edition("2028"), "approved")

    assert compared(client) == {"2027": [since("2026")], "2028": [since("2026")]}


def test_edition_that_is_before_the_council_and_was_never_shown_is_passed_over(client: Client) -> None:
    edition("eins", is_shown=True)
    paper = PaperFactory(reference="2026/0001", edition=edition("zwei"))
    ConsultationFactory(paper=paper, held_on=None, role="decision")
    actions.submit(paper)
    edition("drei", is_shown=True)

    assert compared(client) == {"zwei": [since("eins")], "drei": [since("eins")]}


def test_adopted_edition_counts_before_it_is_shown(client: Client) -> None:
    edition("eins", is_shown=True)
    decide(edition("zwei"), "approved")
    edition("drei", is_shown=True)

    assert compared(client) == {"zwei": [since("eins")], "drei": [since("zwei")]}


@pytest.mark.parametrize("is_shown", [True, False])
def test_amended_edition_is_compared_with_the_one_before_the_draft_and_with_the_draft(
    client: Client, is_shown: bool
) -> None:
    decide(edition("2026"), "approved")
    draft = edition("entwurf", is_shown=is_shown)
    decide(draft, "amended", amended=changed(draft, "2027"))
    edition("2028", is_shown=True)

    assert compared(client) == {
        "entwurf": [since("2026")],
        "2027": [since("2026"), ("entwurf", "Was der Rat an „Fassung entwurf“ geändert hat")],
        "2028": [since("2027")],
    }


def test_withheld_draft_is_not_compared(client: Client) -> None:
    draft = edition("entwurf")
    decide(draft, "amended", amended=changed(draft, "2027"))
    withhold(draft, reason="Wird geprüft.")

    assert compared(client) == {}


def test_withheld_edition_is_passed_over(client: Client) -> None:
    first, second, _third = (edition(slug, is_shown=True) for slug in ("eins", "zwei", "drei"))
    withhold(second, reason="Wird geprüft.")

    assert compared(client) == {"drei": [since(first.slug)]}
