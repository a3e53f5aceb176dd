"""Importing a table in which so many rows are changed, moved or new: the same on every run."""

import csv
import io
import json
import os
import random
import sys
import time
from typing import Any

import django

Row = dict[str, str]


def import_table(rows: int) -> dict[str, Any]:
    """CPU of the preview, and of what is done under the tree's lock once it is confirmed."""
    from django.contrib.auth import get_user_model

    from editing.models import ImportFile
    from editing.tables.import_actions import run_import
    from editing.tables.plan import plan_of
    from editing.tables.reading import read_sheet

    by, _is_new = get_user_model().objects.get_or_create(username="messung", defaults={"is_superuser": True})
    sheet = read_sheet(table(rows))
    start = time.process_time()
    plan = plan_of(sheet)
    previewed = time.process_time()
    file = ImportFile.objects.create(by=by, name="messung.csv", content=b"")
    run_import(sheet, file=file, digest=plan.digest, by=by)
    return {
        "nodes": len(plan.tree.nodes),
        "changes": [len(plan.changed), len(plan.moved), len(plan.new)],
        "preview": round(previewed - start, 2),
        "cpu": round(time.process_time() - previewed, 2),
    }


def table(count: int) -> bytes:
    """The table of the first theme with two fifths of these rows changed, two fifths moved, and one fifth new."""
    from editing.tables.columns import columns
    from editing.tables.export import export
    from strategy.tree.models import Node

    rng = random.Random(7)
    keys = [column.key for column in columns()]
    first = Node.objects.filter(depth=1)[0]
    content = export("csv", root=str(first.uid)).decode("utf-8-sig")
    headers, *cells = csv.reader(io.StringIO(content, newline=""), delimiter=";")
    rows: list[Row] = [dict(zip(keys, row, strict=True)) for row in cells]
    goals = [row["uid"] for row in rows if row["level"] == "operatives Ziel"]
    measures = [row for row in rows if row["level"] == "Maßnahme"]
    picked = rng.sample(measures, min(len(measures), count * 4 // 5))
    for row in picked[::2]:
        row["title"], row["cost_once"] = f"{row['title']} neu", "1234"
    for row in picked[1::2]:
        row["parent"] = rng.choice(goals)
    for number in range(len(picked) // 4):
        new = {
            "level": "Maßnahme",
            "parent": rng.choice(goals),
            "title": f"Neu {number}",
            "text": "Ein Text.",
        }
        rows.insert(rng.randrange(1, len(rows)), new)
    text = io.StringIO()
    written = csv.DictWriter(text, keys, restval="", delimiter=";")
    csv.writer(text, delimiter=";").writerow(headers)
    written.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    print(json.dumps(import_table(int(sys.argv[1]))))
