"""A page of some kind in Chromium, with everything that the browser complained of while it was open."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.browser import accessibility_record
from tests.browser.kinds import Kind
from tests.browser.portal import Portal

DESK, PHONE = (1280, 900), (320, 640)

# WCAG 2.2 AA, and what axe's authors hold to be good practice.
_RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
    "preload": False,
}
_SEEN = "() => [innerWidth, innerHeight, matchMedia('(prefers-color-scheme: dark)').matches]"
_USE_STYLES = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
_TOO_WIDE = """() => {
    const width = document.scrollingElement.clientWidth;
    if (document.scrollingElement.scrollWidth <= width) return [];
    const scrolls = element => getComputedStyle(element).overflowX !== "visible";
    const inside = element => {
        for (let up = element.parentElement; up && up !== document.body; up = up.parentElement)
            if (scrolls(up)) return true;
        return false;
    };
    const found = [...document.body.querySelectorAll("*")]
        .filter(element => element.getBoundingClientRect().right > width + 0.5 && !inside(element))
        .map(element => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}">`
            + ` ${element.textContent.trim().slice(0, 40)}`);
    return [`${document.scrollingElement.scrollWidth} px wide`, ...found];
}"""

_CUT_OFF = """() => [...document.body.querySelectorAll("*")]
    .filter(element => !element.matches(".visually-hidden, [aria-hidden=true], input, select, textarea"))
    .filter(element => ["hidden", "clip"].includes(getComputedStyle(element).overflowX)
        && element.scrollWidth > element.clientWidth + 1)
    .map(element => `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}">`)"""


@dataclass
class Visit:
    """An open page. `complaints` has refused, failed and foreign requests, and what the console says."""

    kind: Kind
    portal: Portal
    page: Page
    status: int = 0
    complaints: list[str] = field(default_factory=list)

    def open(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error in a script: {error}"))
        self.page.on("request", self._request)
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)
        self.page.goto(self.portal.url + self.kind.address, wait_until="load")
        if self.kind.sends_form:
            self.page.locator("form button[type=submit]").click()
            self.page.wait_for_load_state("load")

    @property
    def cookies(self) -> list[str]:
        return [cookie["name"] for cookie in self.page.context.cookies()]

    @property
    def too_wide(self) -> list[str]:
        """How wide the page is and what sticks out, where it must be scrolled sideways."""
        return self.page.evaluate(_TOO_WIDE)

    @property
    def cut_off(self) -> list[str]:
        """The boxes that hide the end of what they hold, and cannot be scrolled."""
        return self.page.evaluate(_CUT_OFF)

    @property
    def barriers(self) -> list[str]:
        """What axe finds on the page as it now is. A long page is left to those that it repeats."""
        title, address = self.page.title(), self.page.url.removeprefix(self.portal.url)
        if self.kind.is_long:
            accessibility_record.leave_out(title, address, accessibility_record.LONG)
            return []
        result = Axe().run(self.page, options=_RULES).response
        accessibility_record.look(title, address, self._seen, result, _RULES["runOnly"]["values"])
        found = result["violations"]
        return [f"{rule['id']} ({rule['help']}), {_places(rule['nodes'])}" for rule in found]

    @property
    def _seen(self) -> str:
        """How large the page is shown, and in which colours."""
        width, height, is_dark = self.page.evaluate(_SEEN)
        return f"{width} × {height} px, {'dunkel' if is_dark else 'hell'}"

    def photograph(self, path: Path) -> None:
        self.page.screenshot(path=path, full_page=True, type="jpeg", quality=80)

    def use_styles(self, css: str) -> None:
        """Styles that a reader sets, in place of those set before. The page's Content-Security-Policy does not
        concern them."""
        self.page.evaluate(_USE_STYLES, css)

    def put_on_paper(self) -> None:
        """Show the page as it is printed. Unfolding takes Chromium until the next frame."""
        self.page.emulate_media(media="print")
        self.page.evaluate(
            "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    def unfold(self) -> bool:
        """Open all that is folded; whether there was any."""
        return self.page.evaluate(
            "() => [...document.querySelectorAll('details')].map(each => each.open = true).length > 0"
        )

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.portal.url}/", "data:")):
            self.complaints.append(f"asks another host: {request.url}")

    def _failed(self, request: Request) -> None:
        """An aborted request is one that the page before was still waiting for when it was left."""
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"failed ({request.failure}): {request.url}")

    def _response(self, response: object) -> None:
        request = response.request  # type: ignore[attr-defined]
        if request.is_navigation_request():
            self.status = response.status  # type: ignore[attr-defined]
        elif response.status != 200:  # type: ignore[attr-defined]
            self.complaints.append(f"{response.status}: {response.url}")  # type: ignore[attr-defined]

    def _console(self, message: ConsoleMessage) -> None:
        """Chromium reports the page's own 404 or 410 as an error; that one is meant."""
        is_own_status = f"status of {self.kind.status}" in message.text and self.kind.status != 200
        if message.type in ("error", "warning") and not is_own_status:
            self.complaints.append(f"console: {message.text}")


def _places(nodes: list[dict]) -> str:
    """Where a rule is broken: the first few places."""
    shown = [f"{' '.join(map(str, node['target']))} {node['html'][:120]}" for node in nodes[:5]]
    return "\n    ".join([f"{len(nodes)} times:", *shown])


@contextmanager
def visit(
    browser: Browser,
    portal: Portal,
    kind: Kind,
    *,
    size: tuple[int, int] = DESK,
    scheme: str = "light",
    scripts: bool = True,
) -> Iterator[Visit]:
    """A visit by a new reader: nothing is in the cache, there are no cookies."""
    width, height = size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
        java_script_enabled=scripts,
        locale="de-DE",
    )
    try:
        opened = Visit(kind, portal, context.new_page())
        opened.open()
        yield opened
    finally:
        context.close()
