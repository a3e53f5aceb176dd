"""A city's list of 100 measures, as its departments keep it: in many shapes, each with faults that such files have."""

import csv
import datetime
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font

from tests.editing.delivered.city import THEMES, measures, numbered


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
