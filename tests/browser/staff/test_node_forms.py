"""Forms of nodes as one works with them: the bar that saves, groups that fold, the bar of a text, going on, copying."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.portal import Portal
from tests.browser.staff.office import at_work
from tests.browser.visit import DESK, PHONE

pytestmark = pytest.mark.browser

TEXT = "#id_text"
SIZES = {"desk": DESK, "phone": PHONE, "zoomed in to 400 %": (320, 225)}
# What has the focus, and the part of it that nothing covers.
SEEN_OF_THE_FOCUS = """() => {
    const element = document.activeElement, box = element.getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].map(share => [box.left + box.width / 2, box.top + box.height * share]);
    const seen = points.filter(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit && (element.contains(hit) || hit.contains(element) || hit.closest("label")?.control === element);
    });
    return [element.id || element.name || element.tagName, seen.length];
}"""
SHIFTS = """() => new Promise(done => new PerformanceObserver(list =>
    done(list.getEntries().filter(each => !each.hadRecentInput).reduce((sum, each) => sum + each.value, 0))
).observe({type: "layout-shift", buffered: true}) || setTimeout(() => done(0), 500))"""


@pytest.fixture(scope="module")
def stefan(staffed: Portal, browser: Browser) -> Iterator[Page]:
    """A browser that is logged in, on a desk."""
    with at_work(browser, staffed, "stefan") as page:
        yield page


@pytest.fixture(scope="module")
def text_page(stefan: Page, staffed: Portal) -> Page:
    """The form of a measure, open for all that is typed and never saved."""
    stefan.on("dialog", lambda dialog: dialog.accept())
    open_form(stefan, staffed, "Platz-Puffer")
    return stefan


@pytest.fixture
def page(stefan: Page) -> Iterator[Page]:
    with stefan.context.new_page() as page:
        yield page


def open_form(page: Page, portal: Portal, words: str) -> None:
    tree(page, portal, f"?q={words}&ebene=measure")
    page.locator(".node__title").first.click()
    page.locator("#id_title").wait_for()


def tree(page: Page, portal: Portal, query: str) -> None:
    page.goto(f"{portal.url}/verwaltung/strategy/node/")  # leads to the tree
    page.goto(page.url.split("?")[0] + query)


def press(page: Page, name: str) -> None:
    page.get_by_role("toolbar", name="Gestaltung des Textes: Text", exact=True).get_by_role(
        "button", name=name
    ).click()


def select(page: Page, text: str, start: int, end: int) -> None:
    page.locator(TEXT).fill(text)
    page.locator(TEXT).evaluate("(area, [from, to]) => area.setSelectionRange(from, to)", [start, end])


def selected(page: Page) -> str:
    return page.locator(TEXT).evaluate("area => area.value.slice(area.selectionStart, area.selectionEnd)")


@pytest.mark.parametrize(
    ("button", "text", "chosen", "becomes"),
    [
        ("Fett", "Ein starker Satz", (4, 11), ("Ein **starker** Satz", "starker")),
        ("Fett", "Ein starker Satz", (3, 12), ("Ein **starker** Satz", "starker")),
        ("Fett", "Ein **starker** Satz", (6, 13), ("Ein starker Satz", "starker")),
        ("Fett", "Ein **starker** Satz", (4, 15), ("Ein starker Satz", "starker")),
        ("Fett", "Ein ", (4, 4), ("Ein ****", "")),
        ("Fett", "Eins\n\nZwei", (0, 10), ("**Eins**\n\n**Zwei**", "**Eins**\n\n**Zwei**")),
        ("Fett", "- Eins\n- Zwei", (0, 13), ("- **Eins**\n- **Zwei**", "- **Eins**\n- **Zwei**")),
        ("Liste", "\nEins", (0, 0), ("- \nEins", "")),
        ("Liste", "Davor\nEins\nZwei\nDanach", (7, 13), ("Davor\n- Eins\n- Zwei\nDanach", "- Eins\n- Zwei")),
        ("Liste", "- Eins\n- Zwei", (0, 13), ("Eins\nZwei", "Eins\nZwei")),
        ("Liste", "Eins", (2, 2), ("- Eins", "")),
        ("Link", "Zur Karte der Stadt", (4, 9), ("Zur [Karte](https://) der Stadt", "https://")),
        ("Link", "Siehe https://www.herne.de/", (6, 27), ("Siehe [Link](https://www.herne.de/)", "Link")),
    ],
)
def test_button_writes_what_one_could_type_and_undo_takes_it_back(
    text_page: Page, button: str, text: str, chosen: tuple[int, int], becomes: tuple[str, str]
) -> None:
    select(text_page, text, *chosen)

    press(text_page, button)

    expect(text_page.locator(TEXT)).to_be_focused()
    assert (text_page.locator(TEXT).input_value(), selected(text_page)) == becomes
    text_page.keyboard.press("Control+z")
    assert text_page.locator(TEXT).input_value() == text


def test_bar_is_one_stop_of_the_keyboard(text_page: Page) -> None:
    select(text_page, "Karte", 0, 5)
    text_page.keyboard.press("Shift+Tab")
    expect(text_page.get_by_role("button", name="Fett").first).to_be_focused()
    text_page.keyboard.press("ArrowRight")
    text_page.keyboard.press("ArrowRight")
    text_page.keyboard.press("Enter")

    assert text_page.locator(TEXT).input_value() == "[Karte](https://)"
    text_page.keyboard.press("Shift+Tab")
    expect(text_page.get_by_role("button", name="Link").first).to_be_focused()


def test_what_was_typed_is_previewed_below_its_field(text_page: Page) -> None:
    select(text_page, "Ein **starker** Satz.", 0, 0)

    press(text_page, "Vorschau")

    expect(text_page.locator(".preview-box strong").first).to_have_text("starker")


def test_colour_that_is_typed_is_chosen(page: Page, staffed: Portal) -> None:
    tree(page, staffed, "?ebene=theme")
    page.locator(".node__title").first.click()
    page.get_by_label("Eigene Farbe, zum Beispiel #1A6B3C").fill("#123456")

    expect(page.get_by_label("eine eigene Farbe:")).to_be_checked()
    expect(page.get_by_label("Violett")).to_be_visible()


def folded_mistake(page: Page, portal: Portal) -> None:
    """A group is opened, filled in wrongly and folded again; then the form is saved."""
    open_form(page, portal, "Platz-Puffer")
    group = page.locator("details.group", has=page.get_by_role("heading", name="Webadresse"))
    group.locator("summary").click()
    page.locator("#id_slug").fill("schön hier")
    group.locator("summary").click()
    expect(page.locator("#id_slug")).to_be_hidden()
    page.locator("input[name=_save]").click()

    expect(page.locator("#fehler")).to_be_in_viewport()
    expect(page.locator("#id_slug")).to_be_visible()
    page.locator("#fehler a").click()
    expect(page.locator("#id_slug")).to_be_in_viewport()


def test_mistake_in_a_folded_group_is_seen_and_led_to(page: Page, staffed: Portal) -> None:
    folded_mistake(page, staffed)


def test_mistake_in_a_folded_group_is_seen_without_scripts(staffed: Portal, browser: Browser) -> None:
    with at_work(browser, staffed, "stefan", scripts=False) as page:
        folded_mistake(page, staffed)


@pytest.mark.parametrize("size", SIZES)
def test_bar_that_saves_stays_in_view_and_never_covers_what_has_the_focus(
    page: Page, staffed: Portal, size: str
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    open_form(page, staffed, "Platz-Puffer")
    assert page.evaluate(SHIFTS) < 0.01  # nor does anything jump when the bars of the texts come
    page.locator(TEXT).focus()
    is_seen = height > 400  # else the page needs all of it
    if is_seen:
        expect(page.locator("input[name=_save]")).to_be_in_viewport(ratio=1)
    hidden = []
    for _field in range(70):
        page.keyboard.press("Tab")
        name, seen = page.evaluate(SEEN_OF_THE_FOCUS)
        if not seen:
            hidden.append(name)
        if name == "_save":
            break
    assert (hidden, name) == ([], "_save")


def test_saving_goes_on_through_what_the_filter_left(page: Page, staffed: Portal) -> None:
    tree(page, staffed, "?q=Kindertages&ebene=measure")
    titles = [each.split(" ", 1)[1] for each in page.locator(".node__title").all_inner_texts()]
    page.locator(".node__title").first.click()
    for title in titles:
        expect(page.locator("h1")).to_have_text(title)
        page.locator("#id_target_group").fill("Beispiel: Familien")
        page.get_by_role("button", name="Speichern und nächste Maßnahme").click()

    assert len(titles) > 1
    expect(page.locator(".messagelist")).to_contain_text("ist hier der letzte Eintrag.")
    assert page.locator("#id_q").input_value() == "Kindertages"


def test_double_click_makes_one_copy(page: Page, staffed: Portal) -> None:
    open_form(page, staffed, "Platz-Puffer")
    title = page.locator("h1").inner_text()
    page.get_by_role("button", name="Kopieren").dblclick()

    expect(page.locator("h1")).to_have_text(f"Kopie von {title}")
    tree(page, staffed, "?q=Kopie von")
    assert page.locator(".node__title").count() == 1
