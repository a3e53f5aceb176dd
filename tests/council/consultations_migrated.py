"""Consultations from before bodies were rows, taken through the council's migrations and back; prints what became of
them. Run by test_migrations.py."""

import json
import os
from typing import Any

import django

BEFORE = [
    ("Ausschuss für Umweltschutz", "2021-08-25", "beschlossen", False),
    ("Bezirksvertretung Wanne", "2021-08-31", "zur Kenntnis genommen", False),
    ("Rat der Stadt", "2021-10-05", "geändert beschlossen", True),
    ("Rat der Stadt", "2021-11-05", "mit Maßgaben beschlossen", False),
]


def main() -> dict[str, Any]:
    from django.core.management import call_command

    from council.bodies import Body
    from council.consultations import Consultation, Resolution

    call_command("migrate", "auth", verbosity=0)  # permissions with long names are made after each migration
    call_command("migrate", "measures", "0002", verbosity=0)
    call_command("migrate", "council", "0001", verbosity=0)
    record()
    call_command("migrate", "council", verbosity=0)
    bodies = [[each.name, each.kind, str(each.district or "")] for each in Body.objects.order_by("pk")]
    consultations = [[each.body.name, each.role, each.result] for each in Consultation.objects.all()]
    wordings = [each.text for each in Resolution.objects.all()]
    call_command("migrate", "council", "0001", verbosity=0)
    return {"bodies": bodies, "consultations": consultations, "wordings": wordings, "back": rows()}


def record() -> None:
    """A district, and a paper with consultations as they were kept then."""
    from django.db import connection

    from measures.models import District

    District.objects.create(key="wanne", name="Wanne")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO council_paper (reference, name, paper_type, under_direction_of, url, proviso)"
            " VALUES ('2021/0734', 'Strategie', '', '', '', '')"
        )
        cursor.execute("SELECT id FROM council_paper")
        paper = cursor.fetchone()[0]
        cursor.executemany(
            "INSERT INTO council_consultation (paper_id, body, held_on, result, is_authoritative)"
            " VALUES (%s, %s, %s, %s, %s)",
            [(paper, *row) for row in BEFORE],
        )


def rows() -> list[list[str]]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body, held_on, result, is_authoritative FROM council_consultation ORDER BY held_on"
        )
        return [[body, str(day), result, bool(decides)] for body, day, result, decides in cursor.fetchall()]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(main()))
