"""Edition data written as a file that `load_strategy` reads."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bench.edited_data import edited_data
from bench.strategy_data import strategy_data

PREFIXES = {"theme": "themenfelder", "strategic_goal": "ziele", "measure": "massnahmen"}


@dataclass(frozen=True)
class StrategyFile:
    """A strategy of so many measures, as a file; `edited` is another one, of the same after some work on it."""

    measures: int
    path: Path
    edited: Path
    page_kinds: str  # one page of each kind, {kind: path} as JSON

    @classmethod
    def write(cls, measures: int, folder: Path) -> "StrategyFile":
        data = strategy_data(measures)
        path, edited = folder / f"{measures}.yaml", folder / f"{measures}-edited.yaml"
        write_file(data, path)
        write_file(edited_data(data), edited)
        return cls(measures, path, edited, json.dumps(_page_kinds(data["nodes"])))


def _page_kinds(nodes: list[dict[str, Any]]) -> dict[str, str]:
    first = {node["kind"]: node["slug"] for node in reversed(nodes)}
    theme, goal, measure = (f"/{PREFIXES[kind]}/{first[kind]}/" for kind in PREFIXES)
    return {
        "overview": "/",
        "theme": theme,
        "goal": goal,
        "measure": measure,
        "all measures": "/massnahmen/",
        "print, long form": "/druck/",
    }


def write_file(data: dict[str, Any], path: Path) -> None:
    """Write the nodes of an edition's data, with the rows of other tables that they name."""
    departments = {
        node["values"]["lead"]["key"]: node["values"]["lead"]["name"]
        for node in data["nodes"]
        if node["values"].get("lead")
    }
    content = {
        "format": 1,
        "strategy": {"city": data["meta"]["city"], "title": data["meta"]["title"]},
        "sdgs": data["meta"]["sdgs"],
        "districts": [{"key": "stadtweit", "name": "stadtweit"}],
        "departments": [{"key": key, "name": name} for key, name in departments.items()],
        "nodes": _nested(data["nodes"]),
    }
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _nested(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    written: dict[str | None, dict[str, Any]] = {node["uid"]: _written(node) for node in nodes}
    written[None] = {}
    for node in nodes:
        written[node["parent"]].setdefault("children", []).append(written[node["uid"]])
    return written[None]["children"]


def _written(node: dict[str, Any]) -> dict[str, Any]:
    own = {key: node[key] for key in ("kind", "uid", "title", "slug", "text") if node[key]}
    return own | {
        key: _plain(value)
        for key, value in node["values"].items()
        if key != "decision" and value not in (None, "", [])
    }


def _plain(value: Any) -> Any:
    """References and choices as the keys that a file names."""
    if isinstance(value, dict):
        return value["key"]
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
