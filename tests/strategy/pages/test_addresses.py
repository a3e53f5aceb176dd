"""Addresses: one rule for nodes and editions, in forms, files and commands, and for those made from titles."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from strategy.editions.models import Edition, Strategy
from strategy.text.slugs import slug_base
from strategy.tree.models import Node
from strategy.validators import validate_address
from tests.factories import StrategyFactory, ThemeFactory

SENTENCE = "Die Adresse darf nur a–z, 0–9 und Bindestriche enthalten."
WRONG = ["Gross_ABC", "Gross", "a_b", "räume", "a b", "a--b", "-a", "a-", "-", "a/b", "a\n", "١"]


@pytest.mark.parametrize("address", ["a", "7", "klima-2", "2030", "a-b-c", "ab-12"])
def test_address_of_lower_case_words_is_accepted(address: str) -> None:
    validate_address(address)


@pytest.mark.parametrize("address", WRONG)
@pytest.mark.parametrize(
    "field",
    [
        Node._meta.get_field("slug"),
        Edition._meta.get_field("slug"),
        Strategy._meta.get_field("edition_slug"),
    ],
    ids=str,
)
def test_other_addresses_are_refused_with_one_sentence(field, address: str) -> None:
    with pytest.raises(ValidationError) as caught:
        field.clean(address, None)

    assert caught.value.messages == [SENTENCE]


@given(st.text(max_size=120))
def test_address_made_from_any_title_is_one(title: str) -> None:
    address = slug_base(title)

    validate_address(address)
    assert len(address) <= 70


@pytest.mark.parametrize(
    ("title", "address"),
    [
        ("Haus_und_Hof", "haus-und-hof"),
        ("A _ B", "a-b"),
        ("_", "knoten"),
        ("a" * 69 + "_b", "a" * 69),
        ("Ober_Öse", "ober-oese"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Öl und Ä", "oel-und-ae"),
        ("Smørrebrød, Đakovo, Kadıkale", "smorrebrod-dakovo-kadikale"),
        ("Læsø, Œuvre, Þórður", "laeso-oeuvre-thordur"),
        ("Château-Thierry, Czeladź, Şişli", "chateau-thierry-czeladz-sisli"),
    ],
)
def test_address_made_from_a_title_keeps_every_letter_and_has_no_underscore(title: str, address: str) -> None:
    assert slug_base(title) == address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["Gross_ABC", "räume"])
def test_form_of_a_node_refuses_the_address(client: Client, address: str) -> None:
    client.force_login(User.objects.create_superuser("redaktion"))
    theme = ThemeFactory(title="Klima")
    form = {"title": "Klima", "slug": address, "colour": "#6B3FA0", "origin": theme.origin}

    response = client.post(reverse("admin:themes_theme_change", args=[theme.pk]), form)

    assert response.context["adminform"].errors["slug"] == [SENTENCE]
    assert Node.objects.get().slug == "klima"


@pytest.mark.django_db
def test_form_of_the_title_page_refuses_the_address(client: Client) -> None:
    client.force_login(User.objects.create_superuser("redaktion"))
    page = StrategyFactory()
    form = {"city": "Herne", "title": "Strategie", "edition_slug": "Gross_ABC"}

    response = client.post(reverse("admin:strategy_strategy_change", args=[page.pk]), form)

    assert response.context["adminform"].errors == {"edition_slug": [SENTENCE]}
    assert Strategy.objects.get().edition_slug == ""


@pytest.mark.django_db
def test_file_with_such_addresses_is_refused_with_their_lines(tmp_path: Path) -> None:
    path = tmp_path / "datei.yaml"
    path.write_text(
        "format: 1\n"
        "edition: {title: Erste, slug: Gross_ABC}\n"
        "nodes:\n"
        "  - kind: theme\n"
        "    uid: 33f30e70-e47c-56f4-a95b-f315f9599919\n"
        "    title: Klima\n"
        "    slug: Gross_ABC\n",
        encoding="utf-8",
    )

    with pytest.raises(CommandError) as caught:
        call_command("load_strategy", str(path), stdout=StringIO())

    assert str(caught.value).splitlines() == [
        f"datei.yaml, Zeile 2: slug: {SENTENCE}",
        f"datei.yaml, Zeile 7: slug: {SENTENCE}",
        "Nichts wurde geladen.",
    ]
    assert not Node.objects.exists()


@pytest.mark.django_db
def test_freezing_at_such_an_address_is_refused() -> None:
    StrategyFactory(edition_title="Erste")
    ThemeFactory()

    with pytest.raises(CommandError) as caught:
        call_command("freeze_edition", "--slug", "Gross_ABC", stdout=StringIO())

    assert str(caught.value) == SENTENCE
    assert not Edition.objects.exists()


@pytest.mark.django_db
def test_no_edition_stands_where_the_working_tree_does() -> None:
    StrategyFactory(edition_title="Erste")
    ThemeFactory()

    with pytest.raises(CommandError) as caught:
        call_command("freeze_edition", "--slug", "arbeitsstand", stdout=StringIO())

    assert (
        str(caught.value)
        == "Die Adresse „arbeitsstand“ steht für den Arbeitsstand. Bitte wählen Sie eine andere."
    )
    assert not Edition.objects.exists()
    with pytest.raises(ValidationError):
        Strategy(title="S", city="H", edition_slug="arbeitsstand").full_clean()
    call_command("freeze_edition", "--slug", "arbeitsstand-2", stdout=StringIO())
