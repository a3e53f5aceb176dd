"""A small strategy as an edition's data, with every level: what the tests of print read word by word."""

from typing import Any

from strategy.editions import actions
from strategy.editions.edition_json import edition_json
from strategy.editions.models import Edition

DISTRICTS = {"stadtweit": "stadtweit", "eickel": "Eickel", "wanne": "Wanne"}
DEPARTMENTS = {"schule": "Fachbereich Schule", "oeffentlichkeit": "Fachbereich Öffentlichkeit"}
SDG = {"number": 4, "title": "Bildung", "long_title": "Bildung für alle", "colour": "#C5192D"}
TREE = [
    ("chapter", "Vorwort", None),
    ("theme", "Bildung", None),
    ("guideline", "Leitlinie Lernen", "Bildung"),
    ("strategic_goal", "Schulen", "Leitlinie Lernen"),
    ("measure", "Garten", "Schulen"),
    ("operational_goal", "Mehr Gärten", "Schulen"),
    ("measure", "Kurse", "Mehr Gärten"),
    ("measure", "Labor", "Mehr Gärten"),
    ("theme", "Klima", None),
    ("guideline", "Leitlinie Luft", "Klima"),
    ("strategic_goal", "Wege", "Leitlinie Luft"),
    ("measure", "Radweg", "Wege"),
    ("chapter", "Ausblick", None),
]
PLACES = {"Garten": ["wanne"], "Kurse": ["stadtweit"], "Labor": ["stadtweit", "wanne"], "Radweg": ["eickel"]}
LEADS = {"Garten": "schule", "Kurse": "schule", "Labor": "oeffentlichkeit"}


def small_strategy(**changed: dict[str, Any]) -> dict[str, Any]:
    """Its data. `changed` has other values by title: what a node has of its own, else what its level carries."""
    nodes = [_node(number, *line) for number, line in enumerate(TREE, start=1)]
    uids = {node["title"]: node["uid"] for node in nodes}
    for node in nodes:
        node["parent"] = uids.get(node["parent"])
        for name, value in changed.pop(node["title"].replace(" ", "_"), {}).items():
            (node if name in node else node["values"])[name] = value
    meta = {
        "city": "Herne",
        "title": "Strategie Herne",
        "subtitle": "Leitlinien und Ziele",
        "edition": {"title": "Fassung eins", "remark": "Nur zum Testen."},
        "basis": None,
        "has_sample": False,
        "sdgs": [{**SDG, "text_colour": "white"}],
        **changed.pop("meta", {}),
    }
    assert not changed, f"there is no {set(changed)}"
    return edition_json(meta, nodes)


def store(slug: str = "eins", *, public: bool = True, **changed: dict[str, Any]) -> Edition:
    """An edition of the small strategy, shown to the public where it is `public`."""
    edition = actions.store(small_strategy(**changed), slug=slug)
    if public:
        actions.publish(edition)
    return Edition.objects.get(pk=edition.pk)


def _node(number: int, kind: str, title: str, parent: str | None) -> dict[str, Any]:
    values = VALUES.get(kind, lambda title: {})
    return {
        "uid": f"00000000-0000-4000-8000-{number:012}",
        "parent": parent,
        "kind": kind,
        "title": title,
        "slug": title.lower().replace(" ", "-").replace("ä", "ae"),
        "text": f"Text zu {title}.",
        "easy_text": "",
        "is_sample": False,
        "values": values(title),
    }


def _theme(title: str) -> dict[str, Any]:
    return {"colour": "#0B4F7D", "icon": {"key": "leaf", "name": "Blatt"}, "origin": None}


def _goal(title: str) -> dict[str, Any]:
    return {
        "horizon": 2030,
        "sdgs": [],
        "also_serves": [],
        "assignment_confirmed": True,
        "assignment_note": "",
    }


def _operational(title: str) -> dict[str, Any]:
    values: dict[str, Any] = {"due_year": 2028, "value_name": "", "unit": ""}
    values |= dict.fromkeys(("base_value", "base_year", "target_value"))
    return values | {"sdg_targets": [], "dns_references": [], "nhs_nrw_references": []}


def _measure(title: str) -> dict[str, Any]:
    lead = LEADS.get(title)
    return {
        "decision": {"key": "proposed", "name": "Vorschlag unter Vorbehalt"},
        "start_year": 2024,
        "end_year": 2027,
        "is_ongoing": False,
        "districts": [{"key": key, "name": DISTRICTS[key]} for key in PLACES[title]],
        "target_group": "",
        "lead": {"key": lead, "name": DEPARTMENTS[lead]} if lead else None,
        "partners": [],
        "committees": [],
        "participation": None,
        "participation_note": "",
        "novelty": None,
        "staff": "",
        "cost_once": 12000,
        "cost_yearly": None,
        "cost_note": "",
        "funding": "",
        "sdgs": [],
    }


VALUES = {"theme": _theme, "strategic_goal": _goal, "operational_goal": _operational, "measure": _measure}
