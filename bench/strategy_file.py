"""Edition data written as a file that `load_strategy` reads."""

from pathlib import Path
from typing import Any

import yaml


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
    written: dict[str | None, dict[str, Any]] = {None: {"children": []}}
    for node in nodes:
        own = {key: node[key] for key in ("kind", "uid", "title", "slug", "text") if node[key]}
        own |= {
            key: _plain(value)
            for key, value in node["values"].items()
            if key != "decision" and value not in (None, "", [])
        }
        written[node["uid"]] = own
        written[node["parent"]].setdefault("children", []).append(own)
    return written[None]["children"]


def _plain(value: Any) -> Any:
    """References and choices as the keys that a file names."""
    if isinstance(value, dict):
        return value["key"]
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return value
