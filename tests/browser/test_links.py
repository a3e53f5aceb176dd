"""Every page, followed from the start page without a browser: nothing leads nowhere, nothing comes from elsewhere."""

import re
from collections import deque
from dataclasses import dataclass, field
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import yaml

from tests.browser.html_page import HtmlPage, css_addresses, one_line
from tests.browser.portal import ROOT, Answer, Portal

pytestmark = pytest.mark.browser

LIMIT = 3000
WITHHELD = "/fassungen/zurueckgehalten/"
SEEDS = ["/", "/sitemap.xml", "/robots.txt", "/k/1.1/"]


@dataclass
class Crawl:
    """All that can be reached from the seeds. Addresses that differ in their query only are asked once, and of
    the PDFs of an edition's nodes one of each kind: to make one takes a while."""

    portal: Portal
    answers: dict[str, Answer] = field(default_factory=dict)
    pages: dict[str, HtmlPage] = field(default_factory=dict)
    found_on: dict[str, str] = field(default_factory=dict)
    fragments: set[tuple[str, str, str]] = field(default_factory=set)
    foreign_resources: set[tuple[str, str]] = field(default_factory=set)
    pdfs: set[str] = field(default_factory=set)

    def run(self) -> "Crawl":
        waiting = deque(SEEDS)
        while waiting and len(self.answers) < LIMIT:
            address = waiting.popleft()
            path = urlsplit(address).path
            if path not in self.answers and not self._is_one_more_pdf(path):
                self.answers[path] = self.portal.get(address)
                waiting.extend(self._referred(path, self.answers[path]))
        return self

    def _is_one_more_pdf(self, path: str) -> bool:
        kind, is_of_a_node = re.subn(r"/(themenfelder|ziele|massnahmen)/[^/]+/druck\.pdf$", r"/\1", path)
        if not is_of_a_node:
            return False
        is_known = kind in self.pdfs
        self.pdfs.add(kind)
        return is_known

    def _referred(self, path: str, answer: Answer) -> list[str]:
        if answer.media_type == "text/css":
            links, resources = [], css_addresses(answer.text)
        elif answer.media_type == "text/html":
            self.pages[path] = page = HtmlPage.read(answer.text)
            links, resources = page.links, page.resources
        else:
            links, resources = [], []
        links += [answer.headers["Location"]] if "Location" in answer.headers else []
        return [*self._internal(path, links), *self._internal(path, resources, are_resources=True)]

    def _internal(self, path: str, references: list[str], *, are_resources: bool = False) -> list[str]:
        found = []
        for reference in references:
            address, fragment = urldefrag(urljoin(self.portal.url + path, reference))
            parts = urlsplit(address)
            if f"{parts.scheme}://{parts.netloc}" != self.portal.url:
                if are_resources:
                    self.foreign_resources.add((path, reference))
                continue
            if fragment:
                self.fragments.add((path, parts.path, unquote(fragment)))
            self.found_on.setdefault(parts.path, path)
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
        return found


@pytest.fixture(scope="module")
def crawl(portal: Portal) -> Crawl:
    return Crawl(portal).run()


@pytest.fixture(scope="module")
def themes() -> list[dict]:
    """The real Themenfelder as their file has them."""
    strategy = yaml.safe_load((ROOT / "fixtures" / "herne.yaml").read_text(encoding="utf-8"))
    return [node for node in strategy["nodes"] if node["kind"] == "theme"]


def test_every_link_and_resource_answers(crawl: Crawl) -> None:
    assert len(crawl.answers) < LIMIT
    assert {
        f"{path} (linked on {crawl.found_on.get(path)}): {answer.status}"
        for path, answer in crawl.answers.items()
        if answer.status != 200 and not _is_code(path) and path != WITHHELD
    } == set()
    assert crawl.answers[WITHHELD].status == 410  # listed, and its address says why it is withheld


def test_a_code_leads_to_its_page(crawl: Crawl) -> None:
    codes = {
        path: (answer.status, answer.headers["Location"])
        for path, answer in crawl.answers.items()
        if _is_code(path)
    }

    assert codes["/k/1.1/"] == (302, "/ziele/bildung-fuer-nachhaltige-entwicklung/")
    assert {status for status, _location in codes.values()} == {302}


def test_every_fragment_is_on_its_page(crawl: Crawl) -> None:
    assert {
        f"{target}#{fragment} (linked on {path})"
        for path, target, fragment in crawl.fragments
        if target in crawl.pages and fragment not in crawl.pages[target].ids
    } == set()


def test_every_page_of_the_sitemap_is_linked(crawl: Crawl, portal: Portal) -> None:
    listed = {part.split("</loc>")[0] for part in portal.get("/sitemap.xml").text.split("<loc>")[1:]}

    assert len(listed) > 200
    assert {address.removeprefix(portal.url) for address in listed} - crawl.found_on.keys() == set()


def test_every_public_edition_is_reached(crawl: Crawl) -> None:
    assert {path for path in crawl.pages if path.startswith("/fassungen/") and path.count("/") == 3} == {
        "/fassungen/plakat/",
        "/fassungen/beispiel-1/",
        "/fassungen/beispiel-2/",
        WITHHELD,
    }


def test_no_answer_sets_a_cookie(crawl: Crawl) -> None:
    assert {path for path, answer in crawl.answers.items() if "Set-Cookie" in answer.headers} == set()


def test_nothing_is_loaded_from_another_host(crawl: Crawl) -> None:
    assert crawl.foreign_resources == set()


def test_every_page_forbids_what_is_not_its_own(crawl: Crawl) -> None:
    policies = {crawl.answers[path].headers["Content-Security-Policy"] for path in crawl.pages}

    assert len(policies) == 1
    policy = policies.pop()
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy and "nonce" not in policy


def test_themes_and_goals_are_there_word_for_word(crawl: Crawl, themes: list[dict]) -> None:
    goals = [goal for theme in themes for goal in theme["children"][0]["children"]]
    overview = crawl.pages["/"]

    assert (len(themes), len(goals)) == (6, 20)
    for node, folder in [
        *((theme, "themenfelder") for theme in themes),
        *((goal, "ziele") for goal in goals),
    ]:
        assert crawl.pages[f"/{folder}/{node['slug']}/"].texts["h1"] == [node["title"]]
        assert any(link.endswith(node["title"]) for link in overview.texts["a"]), node["title"]


def test_guidelines_are_on_the_pages_of_their_themes_word_for_word(crawl: Crawl, themes: list[dict]) -> None:
    for theme in themes:
        (guideline,) = theme["children"]

        assert one_line(guideline["text"]) in crawl.pages[f"/themenfelder/{theme['slug']}/"].text


def _is_code(path: str) -> bool:
    return "/k/" in path
