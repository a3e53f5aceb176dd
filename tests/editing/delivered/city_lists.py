"""A city's list of 100 measures, as its departments keep it: in many shapes, each with faults that such files have."""

import csv
import datetime
import io
from collections.abc import Iterator
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

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


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_merged_cells() -> bytes:
    """Titles above, the themes and goals in merged cells, totals and a legend below."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Maßnahmen"
    sheet.append(["Maßnahmenliste der Stadt Herne"])
    sheet["A1"].font = Font(bold=True)
    sheet.merge_cells("A1:H1")
    sheet.append(["Stand:", datetime.date(2026, 3, 12)])
    sheet.append([])
    sheet.append(
        [
            "Themenfeld",
            "Ziel",
            "Maßnahme",
            "Kurzbeschreibung",
            "Umsetzungszeitraum",
            "Federführung",
            "Kosten (€)",
            "Ort",
        ]
    )
    last: dict[str, str] = {}
    starts: dict[str, list[tuple[str, int]]] = {"A": [], "B": []}
    for each in measures():
        cells = []
        for column, name in (("A", "theme"), ("B", "goal")):
            is_new = last.get(name) != each[name]
            cells.append(each[name] if is_new else None)
            if is_new:
                starts[column].append((each[name], sheet.max_row + 1))
            last[name] = each[name]
        sheet.append(
            [*cells, each["title"], each["text"], each["period"], each["lead"], each["cost"], each["where"]]
        )
    end = sheet.max_row
    for column, found in starts.items():
        bottoms = [*(row - 1 for _name, row in found[1:]), end]
        for (_name, top), bottom in zip(found, bottoms, strict=True):
            sheet.merge_cells(f"{column}{top}:{column}{bottom}")
    sheet.append(["Summe", None, None, None, None, None, "=SUM(G5:G104)"])
    sheet.append([])
    sheet.append(["Legende"])
    sheet.append(["FB = Fachbereich"])
    sheet.append([None, "k. A. = keine Angabe"])
    return saved(book)


def by_number() -> bytes:
    """One column of titles, numbers say what stands below what; spreadsheets have made numbers of them."""
    book = Workbook()
    sheet = book.active
    sheet.append(
        ["Nr.", "Bezeichnung", "Beschreibung", "Zuständigkeit", "Beginn", "Ende", "Finanzbedarf", "SDG-Bezug"]
    )
    for code, title, each in numbered():
        number: Any = code if code.count(".") == 2 else float(code) if "." in code else int(code)
        if each is None:
            sheet.append([number, title])
        else:
            sheet.append(
                [
                    number,
                    title,
                    each["text"],
                    each["lead"],
                    datetime.date(2026, 1, 1),
                    "31.12.2028",
                    each["cost"],
                    each["sdgs"],
                ]
            )
        if code in ("2", "3.1"):
            sheet.append([])
    return saved(book)


def with_sections() -> bytes:
    """Headings of themes between the rows, two rows of headings, subtotals."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Nachhaltigkeitsprogramm", None, None, None, None, None, None, None])
    sheet.append(
        ["Lfd. Nr.", "Maßnahme", "Zeitraum", None, "Kosten", None, "Verantwortlich", "neu / bestehend"]
    )
    sheet.append([None, None, "von", "bis", "einmalig", "jährlich", None, None])
    for merged in ("A2:A3", "B2:B3", "C2:D2", "E2:F2", "G2:G3", "H2:H3"):
        sheet.merge_cells(merged)
    theme = ""
    for n, each in enumerate(measures(), start=1):
        if each["theme"] != theme:
            if theme:
                sheet.append([None, "Zwischensumme", None, None, 12345, 678])
            theme = each["theme"]
            sheet.append([f"Handlungsfeld {list(THEMES).index(theme) + 1}: {theme}"])
            sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=8)
        sheet.append(
            [
                n,
                each["title"],
                2025 + n % 3,
                "laufend" if n % 7 == 0 else 2029,
                each["cost"],
                500 if n % 4 == 0 else None,
                each["lead"],
                each["novelty"],
            ]
        )
    sheet.append([None, "Gesamtsumme", None, None, 99999, 9999])
    return saved(book)


def a_sheet_a_theme() -> bytes:
    """A sheet for each theme, with the same headings, and a cover sheet."""
    book = Workbook()
    book.active.title = "Deckblatt"
    book.active.append(["Maßnahmenprogramm 2026"])
    book.active.append(["Bitte die Blätter ausfüllen"])
    for theme in THEMES:
        sheet = book.create_sheet(theme[:31])
        sheet.append([f"Maßnahmen im Themenfeld {theme}"])
        sheet.append([])
        sheet.append(
            ["Ziel", "Titel der Maßnahme", "Laufzeit", "Amt", "Partner", "Stadtbezirk", "Kosten in T€"]
        )
        for each in measures():
            if each["theme"] == theme:
                amount = each["cost"] if isinstance(each["cost"], str) and "€" in each["cost"] else 12
                amount = 12 if "0.000" in str(amount) else amount
                sheet.append(
                    [
                        each["goal"],
                        each["title"],
                        each["period"],
                        each["lead"],
                        each["partners"],
                        each["where"],
                        amount,
                    ]
                )
    return saved(book)


def _as_csv(delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(
        [
            "Themenfeld",
            "Strategisches Ziel",
            "Maßnahme",
            "Beschreibung",
            "Zeitraum",
            "Federführung",
            "Kosten",
            "Ansprechpartner",
            "Bemerkung",
        ]
    )
    for each in measures():
        period = each["period"]
        period = f"{period:%d.%m.%Y}" if isinstance(period, datetime.date) else period
        writer.writerow(
            [
                each["theme"],
                each["goal"],
                each["title"],
                each["text"],
                period,
                each["lead"],
                each["cost"],
                "Frau Muster",
                "intern",
            ]
        )
        if each["title"].startswith("Sitzbänke"):
            writer.writerow([""] * 9)
    return text.getvalue()


def csv_of_excel() -> bytes:
    """As Excel saves it in German: sep=;, Windows-1252."""
    return ("sep=;\r\n" + _as_csv(";")).encode("cp1252")


def utf16_with_tabs() -> bytes:
    """As Excel saves “Unicode text”."""
    return _as_csv("\t").encode("utf-16")


def with_levels() -> bytes:
    """A column says what each row is, a number stands before its title."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Ebene", "Titel", "Inhalt", "Umsetzung", "FB", "SDG"])
    for code, title, each in numbered():
        level = ("Themenfeld", "Strategisches Ziel", "Maßnahme")[code.count(".")]
        rest = [each["text"], each["period"], each["lead"], each["sdgs"]] if each else []
        sheet.append([level, f"{code} {title}", *rest])
    return saved(book)


SHAPES = {
    "with_merged_cells": with_merged_cells,
    "by_number": by_number,
    "with_sections": with_sections,
    "a_sheet_a_theme": a_sheet_a_theme,
    "csv_of_excel": csv_of_excel,
    "utf16_with_tabs": utf16_with_tabs,
    "with_levels": with_levels,
}
