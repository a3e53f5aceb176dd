"""The documents of the folder: what each holds, and the start page that leads to them."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from procurement import accessibility, facts, licences, sbom
from procurement.asvs import Requirement, counts, requirements
from procurement.components import Component, components
from procurement.criteria import Criterion, criteria
from procurement.pages import rendered
from procurement.release import ROOT, Release

COPIES = {
    "LICENSE": "LICENSE.txt",
    "SECURITY.md": "SECURITY.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "UPGRADE.md": "UPGRADE.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "publiccode.yml": "publiccode.yml",
}
CONTENTS = {
    "anforderungen.html": "was openCode, die Deutsche Verwaltungscloud und andere verlangen, mit Nachweis",
    "anforderungen.csv": "dasselbe als Tabelle",
    "asvs.html": "was das Portal von OWASP ASVS 5.0 erfüllt",
    "asvs.csv": "dasselbe als Tabelle",
    "barrierefreiheit.html": "das Ergebnis der automatischen Prüfung auf Barrieren im letzten Testlauf",
    "barrierefreiheit.json": "dasselbe für Programme",
    "lizenzen.html": "die Lizenzen von allem, was mit dem Portal kommt",
    "lizenzen.csv": "dasselbe als Tabelle",
    "sbom.cdx.json": "die Stückliste (SBOM) nach CycloneDX 1.6, für den Abgleich mit bekannten Schwachstellen",
    "LICENSE.txt": "die EUPL 1.2, die Lizenz des Portals",
    "SECURITY.md": "wie man Schwachstellen meldet, welche Versionen Korrekturen bekommen und wie schnell",
    "CHANGELOG.md": "was sich von Version zu Version ändert",
    "UPGRADE.md": "was der Betrieb bei einem Update zu tun hat",
    "CONTRIBUTING.md": "wie man mitarbeitet und wer entscheidet (englisch)",
    "publiccode.yml": "der Steckbrief des Portals für Softwareverzeichnisse",
}


def documents(release: Release, record: Path) -> dict[str, str]:
    """All files of the folder by name."""
    parts = components(ROOT / "requirements" / "run.txt")
    rows, found, run = criteria(ROOT), requirements(ROOT), accessibility.last_run(record)
    files = {
        **_licences(release, parts),
        **_criteria(release, rows),
        **_accessibility(release, run),
        **_asvs(release, found),
        "sbom.cdx.json": sbom.as_json(release, parts),
        **{name: _copy(release, ROOT / source) for source, name in COPIES.items()},
    }
    listed = [{"name": name, "text": text} for name, text in CONTENTS.items() if name in files]
    glance = [
        facts.of_licences(parts),
        facts.of_criteria(rows),
        facts.of_accessibility(run, release),
        facts.of_asvs(found),
    ]
    return {
        "index.html": _page(
            release, "index.html", "Unterlagen für die Beschaffung", facts=glance, files=listed
        ),
        **files,
    }


def _licences(release: Release, parts: list[Component]) -> dict[str, str]:
    counted = Counter(each.licence for each in parts)
    by_licence = [(licence, count, licences.why_allowed(licence)) for licence, count in counted.most_common()]
    page = _page(
        release,
        "lizenzen.html",
        "Lizenzen",
        template="licences.html",
        packages=[each for each in parts if not each.within],
        carried=[each for each in parts if each.within],
        counts=by_licence,
        beside=sbom.BESIDE,
    )
    names = [
        "Bestandteil",
        "Version",
        "Lizenz (SPDX)",
        "steckt in",
        "Adresse (purl)",
        "verträglich mit der EUPL, weil",
    ]
    rows = [
        [each.name, each.version, each.licence, each.within, each.purl, licences.why_allowed(each.licence)]
        for each in parts
    ]
    return {"lizenzen.html": page, "lizenzen.csv": _table(release, names, rows)}


def _criteria(release: Release, rows: list[Criterion]) -> dict[str, str]:
    sources = [(source, list(group)) for source, group in groupby(rows, attrgetter("source"))]
    page = _page(release, "anforderungen.html", "Anforderungen", template="criteria.html", sources=sources)
    names = ["Quelle", "Punkt", "Anforderung", "Stand", "Nachweis", "Was fehlt"]
    values = [
        [each.source, each.number, each.text, each.state, ", ".join(each.proofs), each.missing]
        for each in rows
    ]
    return {"anforderungen.html": page, "anforderungen.csv": _table(release, names, values)}


def _accessibility(release: Release, run: accessibility.Run) -> dict[str, str]:
    page = _page(release, "barrierefreiheit.html", "Barrierefreiheit", template="accessibility.html", run=run)
    values = {
        "portal": release.version,
        "as_of": release.day,
        "run": {
            "on": run.on.isoformat() if run.on else None,
            "version": run.version,
            "has_passed": run.has_passed,
            "engine": run.engine,
            "tags": run.tags,
            "rules": sorted(run.rules),
            "looks": run.looks,
            "violations": run.violations,
            "pages": [vars(each) for each in run.pages.values()],
        },
    }
    text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    return {"barrierefreiheit.html": page, "barrierefreiheit.json": text}


def _asvs(release: Release, found: list[Requirement]) -> dict[str, str]:
    page = _page(
        release,
        "asvs.html",
        "Sicherheit nach ASVS",
        template="asvs.html",
        areas=[(area, list(group)) for area, group in groupby(found, attrgetter("area"))],
        levels=sorted({each.level for each in found}),
        counts=counts(found),
    )
    names = ["Anforderung", "Stufe", "Bereich", "Stand", "Umsetzung oder Grund", "Nachweis"]
    rows = [
        [each.number, each.level, each.area, each.state, each.reason, ", ".join(each.proofs)]
        for each in found
    ]
    return {"asvs.html": page, **({"asvs.csv": _table(release, names, rows)} if rows else {})}


def _page(release: Release, file: str, title: str, *, template: str = "index.html", **context: object) -> str:
    return rendered(template, release=release, page={"file": file, "title": title}, **context)


def _copy(release: Release, path: Path) -> str:
    """A text of the portal, with a last line that says which state it is of; the licence as it is."""
    state = f"Aus {release.name} {release.version}, Stand {release.day}."
    ends = {".md": f"\n---\n\n{state}\n", ".yml": f"\n# {state}\n"}
    return path.read_text() + ends.get(path.suffix, "")


def _table(release: Release, names: list[str], rows: Iterable[list[str]]) -> str:
    """A table that spreadsheets open, with the version and the day in each row."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow([*names, "Version des Portals", "Stand vom"])
    writer.writerows([*row, release.version, release.day] for row in rows)
    return "\ufeff" + text.getvalue()
