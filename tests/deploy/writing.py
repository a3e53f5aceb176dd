"""Writes to the database of DATABASE_URL without a pause, until a file says to stop, and keeps what it wrote and what
the public read of it then. Also says what of that is in a restored database. Run by test_drill.py."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import django

from tests.deploy.public_pages import pages, read

TITLE = "Bäume an Haltestellen"  # a measure that the kept database shows to the public


def main(folder: Path, limit: int) -> None:
    from strategy.editions import library

    library.CHECK_EVERY = 0
    say(0)
    before = pages(address(), limit=limit)
    say(1)
    after = pages(address(), limit=limit)
    changing = [each for each in after if after[each] != before.get(each)]
    assert address() in changing
    keep(folder / "1.json", after)
    number = 2
    while not (folder / "stop").exists():
        say(number)
        edit(number)
        keep(folder / f"{number}.json", {each: read(each)[0] for each in changing})
        number += 1


def keep(file: Path, content: Any) -> None:
    """All of it or nothing: the test looks into the folder meanwhile."""
    half = file.with_suffix(".half")
    half.write_text(json.dumps(content))
    half.rename(file)


def address() -> str:
    """Of the measure's public page."""
    from measures.models import Measure

    return f"/massnahmen/{Measure.objects.get(title=TITLE).slug}/"


def say(number: int) -> None:
    """Report something that everybody reads at once."""
    from measures.models import Measure
    from measures.progress import Progress
    from measures.report_actions import report

    progress = Progress.objects.get(uid=Measure.objects.get(title=TITLE).uid)
    progress.note = f"Stand {number}"
    report(progress, by=None)


def edit(number: int) -> None:
    """Change the working tree: node, its level's table and the history, in one transaction."""
    from strategy.history import node_actions
    from strategy.tree.models import Node

    node = Node.objects.get(title=TITLE)
    node_actions.change(node, content={"text": f"Text {number}"}, reason=f"Grund {number}")


def restored(limit: int) -> dict[str, Any]:
    """What the database says of the writing, and its public pages."""
    from measures.models import Measure
    from measures.progress import Progress, Report
    from strategy.history.models import HistoryRecord

    measure = Measure.objects.get(title=TITLE)
    return {
        "said": Progress.objects.get(uid=measure.uid).note,
        "reported": Report.objects.on(measure.uid).first().note,
        "text": measure.text,
        "reason": HistoryRecord.objects.filter(uid=measure.uid).order_by("-pk").first().reason,
        "pages": pages(address(), limit=limit),
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    if sys.argv[1] == "restored":
        print(json.dumps(restored(int(sys.argv[2]))))
    else:
        main(Path(sys.argv[1]), int(sys.argv[2]))
