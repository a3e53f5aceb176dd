"""The high contrast of an operating system, which takes the portal's colours away."""

import pytest
from playwright.sync_api import Browser

from tests.browser.kinds import BY_NAME
from tests.browser.portal import Portal
from tests.browser.visit import visit

pytestmark = pytest.mark.browser

_SHAPES = """() => Object.fromEntries([...document.querySelectorAll(".state")].map(pill => {
    const style = getComputedStyle(pill, "::before");
    const {backgroundImage, backgroundClip, borderStyle, borderWidth, borderRadius} = style;
    return [pill.textContent, [backgroundImage, backgroundClip, borderStyle, borderWidth, borderRadius].join(" ")];
}))"""
_COLOURS = """selector => [...document.querySelectorAll(selector)]
    .map(each => getComputedStyle(each)[each.tagName === "rect" ? "fill" : "backgroundColor"])"""


def test_states_keep_their_shapes_and_the_bar_its_colours(portal: Portal, browser: Browser) -> None:
    with visit(browser, portal, BY_NAME["measure-list"]) as reader:
        reader.page.emulate_media(forced_colors="active")
        shapes = reader.page.evaluate(_SHAPES)
        bar, legend = (reader.page.evaluate(_COLOURS, each) for each in (".state-bar rect", ".state-dot"))

        assert len(shapes) == len(set(shapes.values())) == 8
        assert len(bar) == len(set(bar)) == 8
        assert legend == bar
