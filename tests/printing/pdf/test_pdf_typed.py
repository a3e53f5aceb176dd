"""What is typed is what stands on paper: letters, signs and numbers of lists, less the marks that the guide teaches."""

import re
from pathlib import Path
from random import Random

import pytest

from bench.strategy_data import strategy_data
from printing.printout import long_form
from strategy.document.data import with_codes
from strategy.document.document import Document
from strategy.text.markdown import Tree, to_tree
from tests.printing.pdf.pdf_files import compiled, data_of, edition_of, sheets, words
from tests.strategy.text.typed import MARKS, SPACES, WORDS

pytestmark = pytest.mark.once

MARGINS = re.compile(r"\A.*\n|Beispiel mit 1 Maßnahmen · (?s:.*)\Z")  # of a sheet: its head, its foot
OFFICIAL = [
    "Stand: 1. Januar 2026\n\n15. März 2026\n\n31. Dezember",
    "3. Quartal\n\n1. Quartal",
    "Bürger*innen und Besucher*innen (*)",
    "> 65 Jahre\n\n[Ziel]: Klimaneutralität\n\n+ 3 Stellen",
    "Ziele:\n• Luft\n• Wasser\n• Boden",
    "&shy; &#x202E; \\* <b>fett</b> `Code`",
    "1. Luft\n2. Wasser\n3. Boden",
]


def typed_texts(count: int) -> list[str]:
    """Texts of the same parts in the same order, whenever they are made."""
    random = Random(7)
    parts = [*WORDS * 4, *(mark for mark in MARKS if mark not in "•–")]
    lengths = [random.randrange(1, 16) for _text in range(count)]
    return [
        "".join(random.choice(parts) + random.choice(SPACES) for _part in range(size)) for size in lengths
    ]


def shown(tree: Tree) -> str:
    """What is to be read of a tree on paper: its words, and the numbers that a list counts."""
    text = ""
    for node in tree:
        if isinstance(node, str):
            text += node
        elif node["is"] == "ol":
            text += "".join(f"{n}. {shown(entry['of'])}" for n, entry in enumerate(node["of"], start=1))
        elif node["is"] == "ul":
            text += "".join(f"• {shown(entry['of'])}" for entry in node["of"])
        else:
            text += shown(node["of"])
    return text


def plain(text: str) -> str:
    """A text without spaces and hyphens; all marks of entries are alike."""
    return words(re.sub("[•–]", "•", text))


def document_of(texts: list[str]) -> Document:
    """A strategy whose measures say these texts, each below a title of its own."""
    data = strategy_data(1)
    measure = next(node for node in data["nodes"] if node["kind"] == "measure")
    silent = {name: [] if isinstance(value, list) else None for name, value in measure["values"].items()}
    said = [
        {
            **measure,
            "uid": f"u{n}",
            "slug": f"u{n}",
            "title": f"Text{n}x",
            "text": text,
            "easy_text": "",
            "values": silent,
        }
        for n, text in enumerate(texts)
    ]
    rest = [node for node in data["nodes"] if node["kind"] != "measure"]
    at = next(n for n, node in enumerate(rest) if node["uid"] == measure["parent"]) + 1
    return Document.from_data({**data, "nodes": with_codes([*rest[:at], *said, *rest[at:]])})


def test_texts_are_printed_as_they_were_typed(tmp_path: Path):
    texts = [*OFFICIAL, *typed_texts(250)]
    document = document_of(texts)

    printed = compiled(data_of(long_form(document), edition_of(strategy_data(1))), tmp_path / "typed.pdf")

    said = plain(" ".join(MARGINS.sub("", sheet) for sheet in sheets(printed)))
    missing = [text for n, text in enumerate(texts) if plain(f"Text{n}x{shown(to_tree(text))}") not in said]
    assert missing == []
