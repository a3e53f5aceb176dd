"""Colour and icon of a theme are chosen from pictures; a city can have a colour of its own."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.editing.pages import text_of
from tests.opened_form import opened
from themes.models import Theme
from themes.pictures import COLOURS

pytestmark = pytest.mark.django_db
OWN = "eine eigene Farbe:"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


def theme(**values: str) -> Theme:
    return Theme.objects.add_root(instance=Theme(title="Wohnen", **values))


def address(of: Theme) -> str:
    return f"/verwaltung/themes/theme/{of.pk}/change/"


def send(office: Client, of: Theme, **typed: str) -> Any:
    sent = opened(office.get(address(of)).content.decode())
    return office.post(address(of), {**sent, **typed})


def chosen(page: str, name: str) -> str:
    """What the radio button says that is ticked."""
    buttons = re.findall(
        rf'<input type="radio" name="{name}"[^>]*?( checked)?>(.*?)</label>', page, re.DOTALL
    )
    return next(text_of(said).strip() for is_checked, said in buttons if is_checked)


def test_every_colour_and_icon_is_shown_with_its_name(office: Client):
    page = office.get(address(theme(colour="#1f7a3a", icon="leaf"))).content.decode()

    assert (chosen(page, "colour"), chosen(page, "icon")) == ("Grün", "Blatt")
    assert page.count('<rect width="24"') == len(COLOURS)
    assert page.count('class="icon"') == len(Theme.Icon.choices) + 1
    assert (
        "style=" not in page.split('id="id_colour"')[1].split("</fieldset>")[0]
    )  # which the browser would refuse


def test_chosen_pictures_are_saved(office: Client):
    wohnen = theme()

    send(office, wohnen, colour="#A8174E", icon="house")

    wohnen.refresh_from_db()
    assert (wohnen.colour, wohnen.icon) == ("#A8174E", "house")


def test_colour_of_the_city_is_typed_kept_and_changed(office: Client):
    wohnen = theme()
    send(office, wohnen, colour="own", colour_own="#123456")
    page = office.get(address(wohnen)).content.decode()

    assert (chosen(page, "colour"), opened(page)["colour_own"]) == (OWN, "#123456")
    send(office, wohnen, colour_own="#654321")
    assert Theme.objects.get().colour == "#654321"
    send(office, wohnen, colour="#0B4F7D")
    assert Theme.objects.get().colour == "#0B4F7D"


@pytest.mark.parametrize("typed", ["", "rot", "#12345", "#123456789"])
def test_what_is_no_colour_is_refused_and_stays(office: Client, typed: str):
    wohnen = theme()

    page = send(office, wohnen, colour="own", colour_own=typed, icon="house").content.decode()

    assert 'href="#id_colour' in page.split("errornote")[1]
    assert (chosen(page, "colour"), opened(page)["colour_own"], chosen(page, "icon")) == (OWN, typed, "Haus")
    assert Theme.objects.get().colour == "#0B4F7D"


def test_colours_are_read_on_white():
    """WCAG's contrast of 4.5 to 1: the accent colours of a page's small words."""

    def light(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    assert [each for each in COLOURS if 1.05 / (light(each) + 0.05) < 4.5] == []
