"""The colours of the portal against each other: what a program in the browser does not see for certain."""

import re
from collections.abc import Iterator

import pytest
import yaml

from tests.browser.portal import ROOT

BACKGROUNDS = ["paper", "paper-soft", "paper-raised"]
TEXTS = [
    *((text, ground) for text in ("ink", "ink-soft", "link", "link-hover") for ground in BACKGROUNDS),
    ("sample-ink", "sample"),
    ("danger", "paper"),
    ("paper", "link"),  # a button
    ("paper", "link-hover"),
]
TEXT, SHAPE = 4.5, 3.0  # WCAG 1.4.3 and 1.4.11


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6});", css))


_LIGHT, _DARK = (
    (ROOT / "static/css/tokens.css").read_text().split("@media screen and (prefers-color-scheme: dark)")
)
SCHEMES = {"light": _tokens(_LIGHT), "dark": {**_tokens(_LIGHT), **_tokens(_DARK)}}
both_schemes = pytest.mark.parametrize("colours", SCHEMES.values(), ids=SCHEMES)


def test_dark_is_a_scheme_of_its_own() -> None:
    assert {name for name in SCHEMES["light"] if SCHEMES["light"][name] == SCHEMES["dark"][name]} == {
        "accent",
        "on-accent",
        "s-postponed",
    }


@both_schemes
def test_text_can_be_read(colours: dict[str, str]) -> None:
    assert [pair for pair in TEXTS if _contrast(colours[pair[0]], colours[pair[1]]) < TEXT] == []


@both_schemes
def test_focus_can_be_seen(colours: dict[str, str]) -> None:
    grounds = [*BACKGROUNDS, "sample"]

    assert [ground for ground in grounds if _contrast(colours["focus"], colours[ground]) < SHAPE] == []


@both_schemes
def test_the_number_of_every_theme_can_be_read(colours: dict[str, str]) -> None:
    themes = {colours["accent"], *_theme_colours()}

    assert len(themes) >= 7
    assert [theme for theme in themes if _contrast(theme, colours["on-accent"]) < TEXT] == []


def test_the_number_of_every_sdg_can_be_read() -> None:
    text = {"white": "#ffffff", "black": "#000000"}
    sdgs = _fixture("herne.yaml")["sdgs"]

    assert len(sdgs) == 17
    assert [sdg["number"] for sdg in sdgs if _contrast(sdg["colour"], text[sdg["text_colour"]]) < TEXT] == []


def test_contrast_is_that_of_wcag() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _theme_colours() -> Iterator[str]:
    """The colours of all themes, real and sample."""
    waiting = [_fixture("herne.yaml")["nodes"], _fixture("beispiel.yaml")["nodes"]]
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, dict):
            if found.get("kind") == "theme":
                yield found["colour"]
            waiting.extend(found.values())


def _fixture(name: str) -> dict:
    return yaml.safe_load((ROOT / "fixtures" / name).read_text(encoding="utf-8"))
