"""The hundred measures of a city, in the words of its departments."""

import datetime
from collections.abc import Iterator
from typing import Any

THEMES = {
    "Klimaschutz und Energie": ("Treibhausgase senken", "Energie sparen", "Erneuerbare Energien ausbauen"),
    "Nachhaltige Mobilität": ("Radverkehr stärken", "Busse und Bahnen verbessern"),
    "Bildung und Kultur": ("Lernorte öffnen", "Teilhabe an Kultur sichern"),
    "Wohnen und Quartiere": ("Quartiere beleben", "Bezahlbar wohnen"),
    "Nachhaltige Verwaltung": ("Beschaffung umstellen",),
}
LEADS = (
    "Fachbereich Umwelt und Stadtplanung",
    "FB Umwelt u. Stadtplanung",
    "Umwelt/Stadtplanung",
    "Fachbereich Schule und Bildung",
    "FB Bildung",
    "FB Tiefbau und Verkehr",
    "Tiefbau u. Verkehr",
    "Stabsstelle Klima",
)
DEPARTMENTS = {  # in the portal
    "umwelt": "Fachbereich Umwelt und Stadtplanung",
    "bildung": "Fachbereich Schule und Bildung",
    "tiefbau": "Fachbereich Tiefbau und Verkehr",
}
PERIODS = (
    "2025-2027",
    "ab 2026",
    "bis 2030",
    "laufend",
    "2026",
    datetime.date(2026, 3, 1),
    "3. Quartal 2027",
    "2025/26",
    "seit 2021 laufend",
    "",
)
COSTS = (
    "70.000 €",
    "70 000",
    "ca. 15.000",
    25000,
    "1,5 Mio. €",
    "5.000 € p. a.",
    "k. A.",
    "",
    "im Haushalt enthalten",
    "20.000 € einmalig, 4.000 € jährlich",
)
DISTRICTS = ("stadtweit", "Wanne", "Stadtbezirk Eickel", "Sodingen, Herne-Mitte", "gesamtes Stadtgebiet")
SDGS = ("SDG 4", "4, 11", "SDG 11, SDG 13", "13", "Ziel 7")
NOVELTY = ("neu", "bestehend", "Neu", "laufend", "")
VERBS = ("aufbauen", "prüfen", "ausweiten", "fördern", "begleiten")
THINGS = (
    "Fahrradstraßen", "Solardächer", "Lastenräder", "Trinkbrunnen", "Schulgärten", "Leihstationen", "Bücherschränke",
    "Energieberatung", "Quartiersläden", "Baumpaten", "Reparaturcafés", "Ladesäulen", "Fassadenbegrünung",
    "Dachgärten", "Mehrwegsysteme", "Jobtickets", "Klimabildung", "Wärmenetze", "Tauschregale", "Sitzbänke",
)  # fmt: skip


def measures() -> list[dict[str, Any]]:
    """The hundred measures in the order of the list, as plain words."""
    goals = [(theme, goal) for theme, goals in THEMES.items() for goal in goals]
    found = []
    for n in range(100):
        theme, goal = goals[n // 10]
        found.append(
            {
                "theme": theme,
                "goal": goal,
                "title": f"{THINGS[n % 20]} {VERBS[n // 20]}",
                "text": f"Die Stadt will {THINGS[n % 20]} {VERBS[n // 20]}.\n• erst im Norden\n• dann überall",
                "period": PERIODS[n % 10],
                "lead": LEADS[n % 8],
                "cost": COSTS[n % 10],
                "where": DISTRICTS[n % 5],
                "sdgs": SDGS[n % 5],
                "novelty": NOVELTY[n % 5],
                "partners": "Stadtwerke; Volkshochschule" if n % 3 else "–",
            }
        )
    return found


def numbered() -> Iterator[tuple[str, str, dict[str, Any] | None]]:
    """The list as a tree with numbers: 1, 1.2, 1.2.3, each with its title; of measures all the rest."""
    themes: list[str] = []
    goals: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    for each in measures():
        if each["theme"] not in themes:
            themes.append(each["theme"])
            yield f"{len(themes)}", each["theme"], None
        below = goals.setdefault(each["theme"], [])
        number = f"{len(themes)}"
        if each["goal"] not in below:
            below.append(each["goal"])
            yield f"{number}.{len(below)}", each["goal"], None
        code = f"{number}.{below.index(each['goal']) + 1}"
        counts[code] = counts.get(code, 0) + 1
        yield f"{code}.{counts[code]}", each["title"], each
