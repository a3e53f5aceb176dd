"""What the declared personal data say in documents: the delivered privacy page, and the operator's record.

Written by `python -m tests.herne_strategy.personal_data.documents`, compared by test_documents.py.
"""

import os
import re
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[3]
PRIVACY = ROOT / "fixtures" / "seiten" / "datenschutz.md"
RECORD = ROOT / "docs" / "betrieb" / "personenbezogene-daten.md"
PRIVACY_HEADING = "## Welche Daten gespeichert werden, wozu und wie lange"
RECORD_HEADING = "## Entwurf für das Verzeichnis der Verarbeitungstätigkeiten"
STARRED = "[Von der oder dem Datenschutzbeauftragten zu prüfen: {}]"


def privacy_section() -> str:
    """Each kind for readers of the page, those about readers first."""
    from herne_strategy.personal_data.kinds import kinds

    paragraphs = [
        "Die Fristen sind die, mit denen das Portal ausgeliefert wird. [Wenn der Betreiber andere eingestellt hat, "
        "müssen sie hier stehen.]"
    ]
    for title, is_of_staff in (("Leserinnen und Leser", False), ("Beschäftigte und Redaktion", True)):
        for kind in (each for each in kinds() if each.is_of_staff == is_of_staff):
            paragraphs += [
                f"### {kind.name} ({title})",
                kind.holds,
                f"Zweck: {kind.purpose}",
                f"Speicherdauer: {kind.period}",
                f"Rechtsgrundlage: {STARRED.format(kind.basis)}",
            ]
    return "\n\n".join(paragraphs)


def record_section() -> str:
    """The draft of the record of processing activities (Art. 30 DSGVO)."""
    from herne_strategy.personal_data.kinds import kinds

    rows = [
        "| Daten | Betroffene | Was | Zweck | Rechtsgrundlage (zu prüfen) | Frist | Zugriff |",
        f"|{'---|' * 7}",
    ]
    for kind in kinds():
        about = "Beschäftigte, Redaktion" if kind.is_of_staff else "Leserinnen und Leser, Dritte"
        cells = (kind.name, about, kind.holds, kind.purpose, kind.basis, kind.period, kind.seen_by)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def replaced(text: str, heading: str, section: str) -> str:
    """The text with this section under its heading, up to the next one of the same level."""
    pattern = re.compile(rf"({re.escape(heading)}\n).*?(?=\n## |\Z)", re.DOTALL)
    return pattern.sub(lambda found: f"{found[1]}\n{section}\n", text)


def main() -> None:
    for path, heading, section in (
        (PRIVACY, PRIVACY_HEADING, privacy_section()),
        (RECORD, RECORD_HEADING, record_section()),
    ):
        path.write_text(replaced(path.read_text(), heading, section))


if __name__ == "__main__":
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    main()
