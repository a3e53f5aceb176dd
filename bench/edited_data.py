"""An edition's data after some work on it, the same on every run: about every tenth node is edited."""

from typing import Any


def edited_data(data: dict[str, Any]) -> dict[str, Any]:
    """Of ten nodes one says something else; of fifty measures one is new and two change places."""
    nodes = [dict(node) for node in data["nodes"]]
    for node in nodes[::10]:
        node["text"] = _reworded(node["text"])
    measures = [node for node in nodes if node["kind"] == "measure"]
    for first, second in zip(measures[10::50], measures[20::50], strict=False):
        first["parent"], second["parent"] = second["parent"], first["parent"]
    new = [_new(node, place) for place, node in enumerate(measures[40::50])]
    return {**data, "nodes": nodes + new}


def _reworded(text: str) -> str:
    """Every seventh word is another one."""
    words = text.split(" ")
    return " ".join("Anders" if word and place % 7 == 0 else word for place, word in enumerate(words))


def _new(like: dict[str, Any], place: int) -> dict[str, Any]:
    uid = f"00000000-0000-4000-8000-{place:012d}"
    return {**like, "uid": uid, "slug": f"neu-{place}", "title": f"Beispiel: Neu {place}"}
