"""A field that is declared is everywhere: form, file, table, page, paper, Synopse, archive and history.

The forms of nodes of every level are filled in as a browser does it; then the words of each field are looked for in
every place. The nodes are frozen before and after: what is there before does not count.
"""

import csv
import io
import re
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from editing.tables.export import export
from printing.archive.tables import tables
from printing.printout import long_form
from strategy.document.document import Document
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.tree.fields import COMMON, Derived
from strategy.tree.kinds import Kind
from strategy.tree.levels import levels
from strategy.tree.models import Node
from tests.editing.people import browser_of, person
from tests.factories import StrategyFactory
from tests.levels.new_field import (
    Probe,
    as_file,
    fill_in,
    form_address,
    names_of_fields,
    plain,
    plant_probes,
    probe_names,
    set_value,
    value_of,
)
from tests.opened_form import opened
from tests.printing.pdf.pdf_files import compiled, data_of
from tests.printing.pdf.pdf_files import sheets as pdf_sheets

pytestmark = pytest.mark.django_db  # without it there is no database for the fixture either
PLACES = ("form", "file", "table", "page", "print", "pdf", "synopse", "csv", "history")
PAPER = ("print", "pdf")

# Where a field has no words, and why.
LEFT_OUT: dict[tuple[str, str], tuple[str, ...]] = {
    ("theme", "colour"): PAPER,  # the colour itself: of the stylesheet on paper, of the blocks in a PDF
    ("theme", "icon"): PAPER,  # a drawing that no paper has
    ("guideline", "title"): ("page",),  # its theme's page calls it "Leitlinie"
    **{
        (kind, "slug"): (*PAPER, "synopse") for kind in Kind.values
    },  # no text: the council does not decide on it
    ("guideline", "slug"): ("page", *PAPER, "synopse"),  # and it has no page of its own
}


@pytest.fixture(scope="module")
def places(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> "Places":
    """What each place says of each probe, before and after its form was filled in."""
    folder = tmp_path_factory.mktemp("new_field")
    with pytest.MonkeyPatch.context() as patch, django_db_blocker.unblock(), transaction.atomic():
        patch.setattr("strategy.editions.library.CHECK_EVERY", 0)
        library.forget()
        found = Places(folder)
        transaction.set_rollback(True)
    library.forget()
    return found


class Places:
    """The places by name, each (field, text) before and after."""

    def __init__(self, folder: Path) -> None:
        StrategyFactory()
        self.folder = folder
        self.probes = {(probe.kind, probe.name): probe for probe in plant_probes()}
        self.any = self.probes["measure", "staff"]
        self.differs: dict[tuple[str, str], bool] = {}
        self.client = browser_of(person("Steuerungsgruppe"))
        self.before = self._read("vorher")
        old = {probe: value_of(probe) for probe in self.probes.values()}
        for pk in {probe.pk for probe in self.probes.values()}:
            fill_in(self.client, [probe for probe in self.probes.values() if probe.pk == pk])
        self.after = self._read("nachher")
        self._add_synopse()
        self._add_file(old)

    def _read(self, slug: str) -> dict[str, dict[tuple[str, str], str]]:
        actions.publish(actions.freeze(slug=slug, title=slug))
        library.forget()
        document = library.shown().frozen
        assert document
        paper, cells = self._print(), _cells(export("csv"))
        archive = {uid: row for table in tables(document).values() for uid, row in _cells(table).items()}
        self.keys = {"table": {*cells[self.any.uid]}, "csv": {key for row in archive.values() for key in row}}
        nodes = {probe.pk: probe for probe in self.probes.values()}
        forms = {pk: opened(self._get(form_address(probe))) for pk, probe in nodes.items()}
        self.keys["form"] = {*forms[self.any.pk]}
        paths = {pk: document.by_uid[probe.uid].path.partition("#")[0] for pk, probe in nodes.items()}
        pages = {pk: self._get(f"/{path}") for pk, path in paths.items()}
        histories = {pk: self._get(f"/verwaltung/knoten/{probe.uid}/verlauf/") for pk, probe in nodes.items()}
        pdf = self._pdf(document, slug)
        colours = self._get("/farben.css")
        read: dict[str, dict[tuple[str, str], str]] = {place: {} for place in PLACES}
        for key, probe in self.probes.items():
            entry = document.by_uid[probe.uid]
            read["form"][key] = forms[probe.pk].get(probe.name, "")
            read["table"][key] = cells[probe.uid].get(probe.name, "")
            read["csv"][key] = archive[probe.uid].get(probe.name, "")
            read["page"][key] = pages[probe.pk] + colours
            read["print"][key] = paper[entry.title]
            read["pdf"][key] = pdf
            read["history"][key] = histories[probe.pk]
        return read

    def _get(self, address: str) -> str:
        response = self.client.get(address)
        assert response.status_code == 200, address
        return unescape(response.content.decode())

    def _print(self) -> dict[str, str]:
        """What the print view says of each entry itself, by its title."""
        entries = re.split(r"<section |</section>", self._get("/druck/"))
        return {
            title[1]: each
            for each in entries
            if (title := re.search(r"<span>(?:<.*</span> )?([^<]+)</span></h", each))
        }

    def _pdf(self, document: Document, slug: str) -> str:
        data = data_of(long_form(document), Edition.objects.get(slug=slug))
        return "".join(pdf_sheets(compiled(data, self.folder / f"{slug}.pdf")))

    def _add_synopse(self) -> None:
        rows = self._get("/fassungen/vorher/synopse/nachher/").split('<section class="synopse__change"')
        titles = {probe: Node.objects.get(pk=probe.pk).title for probe in self.probes.values()}
        for key, probe in self.probes.items():
            self.before["synopse"][key] = ""
            of_node = [row for row in rows if f"{titles[probe]}</h3>" in row]
            self.after["synopse"][key] = of_node[0].partition("<td>")[2] if of_node else ""

    def _add_file(self, old: dict[Probe, Any]) -> None:
        """Write all that the nodes say into a file, make them say what they said before, and load the file."""
        said = {probe: value_of(probe) for probe in self.probes.values()}
        path = self.folder / "datei.yaml"
        path.write_text(as_file())
        for probe, value in old.items():
            set_value(probe, value)
        call_command("load_strategy", str(path), "--overwrite", stdout=StringIO())
        for key, probe in self.probes.items():
            self.before["file"][key] = repr(said[probe])
            self.after["file"][key] = repr(value_of(probe))
            self.differs[key] = said[probe] != old[probe]


def _cells(table: bytes) -> dict[str, dict[str, str]]:
    """The rows of a table by the node's uid, each cell by the key that its header names."""
    header, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")
    keys = [name.rpartition("[")[2].rstrip("]") for name in header]
    return {row[keys.index("uid")]: dict(zip(keys, row, strict=True)) for row in rows}


ASKED = [
    pytest.param(key, place, id=".".join((*key, place)))
    for key in probe_names()
    for place in PLACES
    if place not in LEFT_OUT.get(key, ())
]


@pytest.mark.parametrize(("key", "place"), ASKED)
def test_field_is_there(places: Places, key: tuple[str, str], place: str):
    probe = places.probes[key]
    before, after = places.before[place][key], places.after[place][key]

    if place == "file":
        assert after == before and places.differs[key]
    elif place == "form":
        assert plain(before) != plain(after) == plain(probe.typed)
    else:
        words = probe.words_at(place)
        assert plain(after).count(words) > plain(before).count(words), words


@pytest.mark.parametrize("level", list(levels()), ids=lambda level: level.kind)
def test_every_field_of_the_model_is_declared_and_the_other_way_round(level):
    declared = [each.name for each in (*COMMON, *level.fields) if each.is_loaded]

    assert sorted(declared) == sorted(names_of_fields(level.model))


@pytest.mark.parametrize("key", probe_names(), ids=".".join)
def test_guide_of_the_strategy_file_names_it(key: tuple[str, str]):
    guide = (settings.BASE_DIR / "docs" / "strategie-datei.md").read_text()
    kind, name = key

    rows = [line for line in guide.splitlines() if line.startswith(f"| `{kind}` |")]

    assert f"`{name}`" in (guide if name in [each.name for each in COMMON] else rows[0])


@pytest.mark.parametrize("level", list(levels()), ids=lambda level: level.kind)
def test_field_without_a_place_among_the_facts_has_one_elsewhere(level):
    """Without a template a page lists it not as it is: in one with others, or in a place of its own."""
    elsewhere = {"colour", "icon", "assignment_confirmed", "assignment_note", "decision"}
    combined = {name for each in level.fields if isinstance(each, Derived) for name in each.combines}

    unlisted = {each.name for each in level.fields if not each.template}

    assert unlisted <= elsewhere | combined


def test_what_several_fields_say_in_one_is_shown_and_kept_nowhere(places: Places):
    assert "Geplanter Zeitraum" in places.after["print"]["measure", "start_year"]
    assert "period" not in places.keys["table"] | places.keys["csv"]


def test_snapshot_is_frozen_and_nobody_fills_it_in(places: Places):
    """The decision status of a measure is the council's: no form, file or table sets it."""
    key = ("measure", "staff")

    assert "decision" in places.keys["csv"]
    assert "decision" not in places.keys["table"] | places.keys["form"]
    for place in ("page", "print", "pdf"):
        assert plain("Vorschlag unter Vorbehalt") in plain(places.after[place][key])
