"""Published editions for tests of pages, made from data, without a working tree."""

from typing import Any

from bench.strategy_data import strategy_data
from strategy.editions import actions
from strategy.editions.edition_json import edition_json
from strategy.editions.models import Edition


def publish(
    slug: str = "eins", *, measures: int = 12, without: str = "", **changed: dict[str, Any]
) -> Edition:
    """A published edition. `changed` gives other values to nodes by slug; `without` leaves one node out."""
    data = strategy_data(measures)
    data["meta"]["edition"] = {"title": f"Beispiel {slug}", "remark": "Nur zum Testen."}
    gone = {node["uid"] for node in data["nodes"] if node["slug"] == without}
    data["nodes"] = [
        {**node, **changed.get(node["slug"].replace("-", "_"), {})}
        for node in data["nodes"]
        if not _is_gone(node, gone)
    ]
    edition = actions.store(edition_json(data["meta"], data["nodes"]), slug=slug)
    actions.publish(edition)
    return edition


def nodes(kind: str, *, measures: int = 12) -> list[dict[str, Any]]:
    """The nodes of this kind that `publish` puts into an edition."""
    return [node for node in strategy_data(measures)["nodes"] if node["kind"] == kind]


def _is_gone(node: dict[str, Any], gone: set[str]) -> bool:
    if node["parent"] in gone:
        gone.add(node["uid"])
    return node["uid"] in gone


def page_kinds() -> list[str]:
    """An address of every kind of page of what is published."""
    return [
        "/",
        f"/themenfelder/{nodes('theme')[0]['slug']}/",
        f"/ziele/{nodes('strategic_goal')[0]['slug']}/",
        f"/ziele/{nodes('operational_goal')[0]['slug']}/",
        f"/massnahmen/{nodes('measure')[0]['slug']}/",
        "/massnahmen/",
        "/sdg/",
        "/sdg/4/",
        "/fassungen/",
        "/farben.css",
        "/druck.css",
        "/sitemap.xml",
    ]
