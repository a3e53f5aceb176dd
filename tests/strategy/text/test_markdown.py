"""Markdown: what texts of rule 1 may use, and what no text of any rule gets into a page."""

from functools import partial
from html.parser import HTMLParser

import pytest

from strategy.text.markdown import ATTRIBUTES, HEADINGS, SCHEMES, TAGS, page_to_html
from strategy.text.markdown import to_html as html_by_rule

to_html = partial(html_by_rule, rule=1)

ATTACKS = [
    "<script>alert(1)</script>",
    "<ScRiPt src=//example.org/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](&#x6A;avascript&colon;alert(1))",
    "[x](<java\nscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "<javascript:alert(1)>",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](vbscript:msgbox)",
    "[x](file:///etc/passwd)",
    '[x](https://example.org "onclick=alert(1)")',
    '[x](https://example.org" onmouseover="alert(1))',
    "![x](https://example.org/pixel.png)",
    "![x][1]\n\n[1]: javascript:alert(1)",
    "[x][1]\n\n[1]: javascript:alert(1)",
    "<iframe src=https://example.org></iframe>",
    "<style>body{display:none}</style>",
    "<details open ontoggle=alert(1)>",
    "<!-- --><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<math><mtext></p><script>alert(1)</script>",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>",
    "```html onload=x\n<script>alert(1)</script>\n```",
    "| a |\n|---|\n| <img src=x onerror=alert(1)> |",
]


class Reader(HTMLParser):
    """Every tag of an HTML text with its attributes, and what is said in words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    def handle_comment(self, data):
        self.tags.append(("comment", {}))


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize(
    ("render", "tags"), [(to_html, TAGS), (html_by_rule, TAGS), (page_to_html, TAGS | HEADINGS)]
)
def test_attack_is_shown_as_text_or_not_at_all(render, tags: set[str], text: str):
    found = Reader(render(text))

    assert {tag for tag, _ in found.tags} <= tags
    assert all(set(attributes) <= {"title"} | ATTRIBUTES.get(tag, set()) for tag, attributes in found.tags)
    schemes = {(attributes.get("href") or "https").split(":")[0].lower() for _, attributes in found.tags}
    assert schemes <= SCHEMES


def test_tags_in_a_text_are_read_as_text():
    assert to_html("Wert < 5 & <b>fett</b>") == "<p>Wert &lt; 5 &amp; &lt;b&gt;fett&lt;/b&gt;</p>\n"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Ein *Wort* und **noch** eins\\\nneu.", ["p", "em", "strong", "br"]),
        ("- a\n- b", ["ul", "li", "li"]),
        ("3. drei\n4. vier", ["ol", "li", "li"]),
        ("> Zitat", ["blockquote", "p"]),
        ("| A |\n|---|\n| 1 |", ["table", "thead", "tr", "th", "tbody", "tr", "td"]),
    ],
)
def test_what_texts_may_use(text: str, tags: list[str]):
    assert [tag for tag, _ in Reader(to_html(text)).tags] == tags


def test_list_begins_with_its_number():
    assert '<ol start="3">' in to_html("3. drei\n4. vier")


@pytest.mark.parametrize(
    "text", ["# Groß", "### Kleiner", "Groß\n====", "Groß\n----", "- # Groß", "> ## Groß"]
)
def test_heading_in_a_text_is_no_heading(text: str):
    found = Reader(to_html(text))

    assert {tag for tag, _ in found.tags} <= {"p", "ul", "li", "blockquote"}
    assert "Groß" in found.words or "Kleiner" in found.words


@pytest.mark.parametrize(("text", "tag"), [("## Anbieter", "h2"), ("### Anschrift", "h3")])
def test_legal_page_has_headings_of_second_and_third_level(text: str, tag: str):
    assert [each for each, _ in Reader(page_to_html(text)).tags] == [tag]


@pytest.mark.parametrize("text", ["# Titel", "#### Tief"])
def test_legal_page_has_no_other_headings(text: str):
    found = Reader(page_to_html(text))

    assert [tag for tag, _ in found.tags] == ["p"]
    assert found.words.strip() == text


@pytest.mark.parametrize(
    "address", ["https://www.herne.de/?a=1&b=2", "http://example.org/", "mailto:info@herne.de"]
)
def test_link_to_a_web_or_mail_address_is_a_link(address: str):
    found = Reader(to_html(f"[x]({address}) und <{address}>"))

    assert [attributes for tag, attributes in found.tags if tag == "a"] == [{"href": address}] * 2


@pytest.mark.parametrize("address", ["ftp://example.org/", "tel:+492323160", "sms:123", "irc://x"])
def test_link_of_another_kind_leads_nowhere(address: str):
    found = Reader(to_html(f"[x]({address})"))

    assert [attributes for _, attributes in found.tags if "href" in attributes] == []
    assert "x" in found.words


def test_address_in_plain_text_is_no_link():
    assert to_html("Siehe https://www.herne.de") == "<p>Siehe https://www.herne.de</p>\n"


def test_empty_text_is_empty():
    assert to_html("") == ""
