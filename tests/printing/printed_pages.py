"""Pages for paper, and what stands on them."""

import re
from html import unescape

from django.test import Client


def get(address: str, client: Client | None = None, **headers: str) -> str:
    response = (client or Client()).get(address, headers=headers)
    assert response.status_code == 200, address
    return response.content.decode()


def text(html: str) -> str:
    """What a piece of HTML says, on one line."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def say(html: str) -> str:
    """The same, without the space that a tag leaves before a comma."""
    return text(html).replace(" ,", ",")


def sheets(page: str) -> str:
    """What goes onto paper."""
    return page.partition("<main")[2].partition(">")[2].partition("</main>")[0]


def headings(page: str) -> list[str]:
    """The headings below the title, with their levels."""
    found = re.findall(r"<h([2-6])[^>]*>(.*?)</h\1>", sheets(page), flags=re.S)
    return [f"{level} {text(inner)}" for level, inner in found]


def rows(page: str) -> list[list[str]]:
    """The rows of the table of measures."""
    table = re.search(r'<table class="measure-table.*?</table>', page, flags=re.S)
    found = re.findall(r"<tr.*?</tr>", table.group() if table else "", flags=re.S)
    return [[text(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, flags=re.S)] for row in found]


def facts(page: str, title: str) -> dict[str, str]:
    """The facts that stand below the heading that ends with this title."""
    own = page.partition(f"{title}</span></h")[2].partition("</dl>")[0]
    return dict(
        (text(label), text(value))
        for label, value in re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", own, flags=re.S)
    )
