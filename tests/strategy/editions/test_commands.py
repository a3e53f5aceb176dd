"""The commands over editions and the tree: what they print, and what stops them."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from council.papers import Paper
from strategy.editions import triggers
from strategy.editions.actions import freeze, withhold
from strategy.editions.models import Edition, EditionContent, Publication, PublicState, Strategy
from strategy.tree.models import Node
from themes.models import Guideline, Theme

pytestmark = pytest.mark.django_db


def run(*args: str) -> str:
    out = StringIO()
    call_command(*args, stdout=out)
    return out.getvalue()


@pytest.fixture
def tree(db):
    """A theme with its guideline, and a title page."""
    theme = Node.objects.add_root(instance=Theme(title="Energie"))
    Node.objects.add_child(theme, instance=Guideline(title="Leitlinie"))
    Strategy(
        city="Herne",
        title="Strategie",
        edition_slug="erste",
        edition_title="Erste Fassung",
        edition_remark="Von Hand.",
        paper_number="2021/0734",
    ).save()
    Paper.objects.create(reference="2021/0734", name="Vorlage")
    return theme


def test_freeze_takes_what_is_not_given_from_the_title_page(tree):
    printed = run("freeze_edition")

    edition = Edition.objects.get()
    assert printed == f"Eingefroren: erste, SHA-256 {edition.digest}\n"
    assert (edition.slug, edition.title, edition.is_public) == ("erste", "Erste Fassung", False)
    assert '"remark":"Von Hand."' in edition.content.data
    assert '"reference":"2021/0734"' in edition.content.data


def test_freeze_takes_what_is_given(tree):
    Paper.objects.create(reference="2024/0001", name="Andere")

    run("freeze_edition", "--slug", "b", "--title", "Zweite", "--remark", "", "--paper", "2024/0001")

    edition = Edition.objects.get()
    assert (edition.slug, edition.title) == ("b", "Zweite")
    assert '"remark":""' in edition.content.data
    assert '"name":"Andere"' in edition.content.data


def test_freeze_without_a_paper_refers_to_none(tree):
    run("freeze_edition", "--paper", "")

    assert '"basis":null' in Edition.objects.get().content.data


@pytest.mark.parametrize(
    ("options", "part"),
    [
        (["--paper", "1999/0001"], "1999/0001"),
        (["--slug", "besetzt"], "besetzt"),
        (["--slug", ""], "slug"),
        (["--title", "Fassung \U0001f600"], "U+1F600"),
        (["--remark", "Zeile \u202e"], "U+202E"),
        (["--slug", "mit Leerzeichen"], "slug"),
    ],
)
def test_freeze_refuses_with_a_sentence_and_keeps_nothing(tree, options, part):
    freeze(slug="besetzt", title="Da")

    with pytest.raises(CommandError) as caught:
        run("freeze_edition", *options)

    assert part in str(caught.value) or part == "slug"
    assert [edition.slug for edition in Edition.objects.all()] == ["besetzt"]


def test_freeze_refuses_an_empty_strategy(db):
    with pytest.raises(CommandError):
        run("freeze_edition", "--slug", "leer", "--title", "Leer")

    assert not Edition.objects.exists()


def test_publish_shows_the_edition(tree):
    edition = freeze(slug="erste", title="Erste Fassung")

    printed = run("publish_edition", "erste")

    assert printed == "Veröffentlicht: erste („Erste Fassung“)\n"
    assert PublicState.objects.get().shown == edition
    assert Publication.objects.get().edition == edition


def test_publish_names_the_editions_that_there_are(tree):
    freeze(slug="erste", title="Erste Fassung")

    with pytest.raises(CommandError) as caught:
        run("publish_edition", "zweite")

    assert str(caught.value) == "Die Fassung „zweite“ gibt es nicht; vorhanden: erste."
    assert not Publication.objects.exists()


def test_publish_refuses_a_withheld_edition(tree):
    withhold(freeze(slug="erste", title="Erste Fassung"), reason="Anordnung")

    with pytest.raises(CommandError, match="Erste Fassung"):
        run("publish_edition", "erste")

    assert not Publication.objects.exists()


def test_verify_says_that_every_edition_is_unchanged(tree):
    freeze(slug="a", title="A")
    freeze(slug="b", title="B")

    assert set(run("verify_editions").splitlines()) == {
        "a: unverändert seit dem Einfrieren",
        "b: unverändert seit dem Einfrieren",
        "Alle Fassungen sind unverändert.",
    }


def test_verify_names_the_damaged_edition_only(tree):
    freeze(slug="a", title="A")
    damaged = freeze(slug="b", title="B")
    triggers.drop()
    EditionContent.objects.filter(pk=damaged.pk).update(
        data=damaged.content.data.replace("Energie", "Anergie")
    )
    triggers.create()

    with pytest.raises(CommandError) as caught:
        run("verify_editions")

    assert str(caught.value) == "Beschädigte Fassungen: b."


def test_verify_names_missing_triggers(tree):
    triggers.drop()

    with pytest.raises(CommandError) as caught:
        run("verify_editions")
    triggers.create()

    assert "Der Datenbank fehlen Trigger, die Fassungen schützen: " in str(caught.value)
    assert "strategy_content_never_changes" in str(caught.value)


def test_check_tree_counts_a_whole_tree(tree):
    assert run("check_tree") == "Der Baum ist in Ordnung: 2 Knoten.\n"


def test_check_tree_lists_what_is_wrong(tree):
    Node.objects.filter(pk=tree.pk).update(numchild=5)

    with pytest.raises(CommandError) as caught:
        run("check_tree")

    first, *problems = str(caught.value).splitlines()
    assert first == "Der Baum ist beschädigt:"
    assert len(problems) == 1
    assert f"Energie ({tree.uid})" in problems[0]


@pytest.mark.parametrize("name", ["freeze_edition", "publish_edition", "verify_editions", "check_tree"])
def test_help_says_when_to_run_a_command(name):
    from django.core.management import get_commands, load_command_class

    command = load_command_class(get_commands()[name], name)

    assert "Run it" in command.help
