"""A strategy of any size, as an edition's data: the same on every run. For benchmarks and tests."""

import random
import uuid
from typing import Any

from bench.german import Writer

WORDS = {
    "guideline": (30, 90),
    "strategic_goal": (40, 120),
    "operational_goal": (40, 120),
    "measure": (60, 250),
}
DEPARTMENTS = [{"key": f"fb-{n}", "name": f"Beispiel: Fachbereich {n}"} for n in range(1, 13)]


def strategy_data(measures: int, seed: int = 1) -> dict[str, Any]:
    """Six themes, about 5 % strategic and 20 % operational goals, and so many measures."""
    rng = random.Random(seed)
    writer = Writer(random.Random(seed))  # of its own: a word more changes no other value
    nodes: list[dict[str, Any]] = []

    def add(kind: str, parent: str | None, values: dict[str, Any]) -> str:
        uid = str(uuid.UUID(int=rng.getrandbits(128), version=4))
        nodes.append(
            {
                "uid": uid,
                "parent": parent,
                "kind": kind,
                "title": f"Beispiel: {writer.title()}",
                "slug": f"knoten-{len(nodes) + 1}",
                "text": writer.text(*WORDS[kind]) if kind in WORDS else "",
                "easy_text": "",
                "is_sample": True,
                "values": values,
            }
        )
        return uid

    per_theme = max(1, round(measures / 6 / 25))
    for index in range(6):
        icon = {"key": "leaf", "name": "Blatt"}
        theme = add("theme", None, {"colour": "#0B4F7D", "icon": icon, "origin": None})
        guideline = add("guideline", theme, {})
        left = measures // 6 + (1 if index < measures % 6 else 0)
        for goal_number in range(per_theme):
            goal = add("strategic_goal", guideline, _strategic(rng))
            share = left // (per_theme - goal_number)
            left -= share
            while share > 0:
                operational = add("operational_goal", goal, _operational(rng))
                for _ in range(min(5, share)):
                    add("measure", operational, _measure(rng))
                share -= 5
    meta = {
        "city": "Musterstadt",
        "title": "Nachhaltigkeitsstrategie Musterstadt",
        "subtitle": "",
        "edition": {
            "title": f"Beispiel mit {measures} Maßnahmen",
            "remark": "Erfundene Daten für Messungen.",
        },
        "basis": None,
        "has_sample": True,
        "sdgs": [
            {
                "number": n,
                "title": f"Ziel {n}",
                "long_title": f"Langer Titel {n}",
                "colour": "#19486A",
                "text_colour": "white",
            }
            for n in range(1, 18)
        ],
    }
    from strategy.editions.edition_json import edition_json  # needs the levels, so after django.setup()

    return edition_json(meta, nodes)


def _sdgs(rng: random.Random) -> list[dict[str, Any]]:
    return [{"key": n, "name": f"Ziel {n}"} for n in sorted(rng.sample(range(1, 18), rng.randint(0, 3)))]


def _strategic(rng: random.Random) -> dict[str, Any]:
    return {
        "horizon": 2030,
        "sdgs": _sdgs(rng),
        "also_serves": [],
        "assignment_confirmed": True,
        "assignment_note": "",
    }


def _operational(rng: random.Random) -> dict[str, Any]:
    return {
        "due_year": rng.randint(2026, 2035),
        "value_name": "Anteil",
        "base_value": "12.5",
        "base_year": 2020,
        "target_value": "40",
        "unit": "%",
        "sdg_targets": ["4.7"],
        "dns_references": [],
        "nhs_nrw_references": [],
    }


def _measure(rng: random.Random) -> dict[str, Any]:
    start = rng.randint(2021, 2030)
    return {
        "decision": {"key": "proposed", "name": "Vorschlag unter Vorbehalt"},
        "start_year": start,
        "end_year": start + rng.randint(0, 5),
        "is_ongoing": False,
        "districts": [{"key": "stadtweit", "name": "stadtweit"}],
        "target_group": "alle Einwohnerinnen und Einwohner",
        "lead": rng.choice(DEPARTMENTS),
        "partners": ["Beispielverein"],
        "committees": ["Beispielausschuss"],
        "participation": {"key": "informal", "name": "informelle Beteiligung"},
        "participation_note": "Werkstatt",
        "novelty": {"key": "new", "name": "neue Maßnahme"},
        "staff": "0,5 Stellen",
        "cost_once": rng.randint(1, 90) * 1000,
        "cost_yearly": rng.randint(1, 90) * 500,
        "cost_note": "",
        "funding": "",
        "sdgs": _sdgs(rng),
    }
