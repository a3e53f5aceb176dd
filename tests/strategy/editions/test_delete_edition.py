"""`delete_edition` asks before it deletes, and says so where nobody can answer."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from strategy.editions.actions import freeze
from strategy.editions.models import Edition
from strategy.tree.models import Node
from themes.models import Theme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def edition() -> Edition:
    Node.objects.add_root(instance=Theme(title="Energie"))
    return freeze(slug="erste", title="Erste Fassung")


def run(monkeypatch: pytest.MonkeyPatch, typed: str, *options: str) -> str:
    out = StringIO()
    monkeypatch.setattr("sys.stdin", StringIO(typed))
    call_command("delete_edition", "erste", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("typed", "options"), [("ja\n", []), ("", ["--yes"])])
def test_edition_is_deleted_after_a_yes(
    monkeypatch: pytest.MonkeyPatch, typed: str, options: list[str]
) -> None:
    assert run(monkeypatch, typed, *options) == "Gelöscht: erste\n"

    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("nein\n", "Nichts gelöscht."),
        ("\n", "Nichts gelöscht."),
        ("", "Nichts gelöscht: Hier kann niemand antworten, bitte mit --yes bestätigen."),
    ],
)
def test_edition_stays_without_a_yes(monkeypatch: pytest.MonkeyPatch, typed: str, sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        run(monkeypatch, typed)

    assert str(refused.value) == sentence
    assert Edition.objects.get().slug == "erste"
