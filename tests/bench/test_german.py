"""The invented texts of the benchmarks: varied as German is, and the same everywhere."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any

import brotli
import pytest
import yaml
from django.conf import settings

from bench.strategy_data import strategy_data

pytestmark = pytest.mark.once

# Of all titles and texts at 1,500 measures. It changes with bench/german*.py: earlier figures then compare no longer.
DIGEST = "84f5ae64a22c86064ce933fea2daea21efb4851322ba0fecd226fb4d4bc96da7"


@pytest.fixture(scope="module")
def nodes() -> list[dict[str, Any]]:
    return strategy_data(1500)["nodes"]


def all_text(nodes: list[dict[str, Any]]) -> str:
    return "\n".join(node.get(name) or "" for node in nodes for name in ("title", "text"))


def sample_nodes(nodes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What fixtures/beispiel.yaml has, without its tree."""
    for node in nodes:
        yield node
        yield from sample_nodes(node.get("children", []))


def packed(text: bytes) -> float:
    return len(brotli.compress(text)) / len(text)


def test_texts_have_at_least_5000_different_words(nodes):
    words = set(re.findall(r"\w+", all_text(nodes)))

    assert len(words) >= 5000
    assert any(set(word) & set("äöüß") for word in words)


def test_texts_are_the_same_on_every_run_and_machine(nodes):
    text = all_text(nodes)

    assert all_text(strategy_data(1500)["nodes"]) == text
    assert hashlib.sha256(text.encode()).hexdigest() == DIGEST


def test_texts_pack_about_as_well_as_the_sample_strategy(nodes):
    sample = yaml.safe_load((settings.BASE_DIR / "fixtures" / "beispiel.yaml").read_text())
    written = all_text(list(sample_nodes(sample["nodes"]))).encode()
    invented = all_text(nodes).encode()[: len(written)]

    assert 0.8 < packed(invented) / packed(written) < 1.2


def test_lengths_are_those_of_a_strategy(nodes):
    measures = [node for node in nodes if node["kind"] == "measure"]
    lengths = [len(measure["text"].split()) for measure in measures]
    titles = [len(node["title"].removeprefix("Beispiel: ").split()) for node in nodes]

    assert min(lengths) >= 60
    assert max(lengths) <= 250
    assert min(titles) >= 3
    assert max(titles) <= 10
    assert any("\n- " in measure["text"] for measure in measures)
