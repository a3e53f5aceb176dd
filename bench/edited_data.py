"""An edition's data after some work on it, the same on every run: about every tenth node is edited."""

from typing import Any

from strategy.document.document import with_codes


def edited_data(data: dict[str, Any], title: str) -> dict[str, Any]:
    """Of ten nodes one says something else; of fifty measures one is gone, one is new, two change places."""
    nodes = [dict(node) for node in data["nodes"]]
    for place, node in enumerate(nodes):
        if place % 10 == 0 and node["text"]:
            node["text"] = _reworded(node["text"])
    measures = [node for node in nodes if node["kind"] == "measure"]
    for first, second in zip(measures[10::50], measures[20::50], strict=False):
        first["parent"], second["parent"] = second["parent"], first["parent"]
    gone = {node["uid"] for node in measures[30::50]}
    new = [_new(node, place) for place, node in enumerate(measures[40::50])]
    kept = [node for node in nodes if node["uid"] not in gone] + new
    meta = {**data["meta"], "edition": {"title": title, "remark": ""}}
    return {**data, "meta": meta, "nodes": with_codes(_in_order(kept))}


def _reworded(text: str) -> str:
    """Every seventh word is another one."""
    words = text.split(" ")
    words[::7] = ["Anders"] * len(words[::7])
    return " ".join(words)


def _new(like: dict[str, Any], place: int) -> dict[str, Any]:
    uid = f"00000000-0000-4000-8000-{place:012d}"
    return {**like, "uid": uid, "slug": f"neu-{place}", "title": f"Beispiel: Neu {place}"}


def _in_order(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Parents before children, as an edition has them."""
    below: dict[str | None, list[dict[str, Any]]] = {}
    for node in nodes:
        below.setdefault(node["parent"], []).append(node)

    def walk(parent: str | None) -> list[dict[str, Any]]:
        return [each for node in below.get(parent, ()) for each in (node, *walk(node["uid"]))]

    return walk(None)
