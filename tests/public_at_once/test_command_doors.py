"""Every command: the public revision rises with those that change something public, and only where they do."""

from collections.abc import Callable
from io import StringIO

import pytest
from django.core.management import CommandError, call_command, get_commands

from council.freeze_actions import freeze_with_paper
from council.papers import Paper
from legal.models import LegalPage
from measures.models import Department
from strategy.editions.actions import publish
from strategy.editions.models import Edition
from tests.herne_strategy.strategy_files.lists_file import LISTS
from tests.public_at_once.facts import RAISED, UNTOUCHED, through
from tests.test_architecture import APPS

pytestmark = pytest.mark.django_db

CHANGING = {
    "load_strategy",
    "load_sample",
    "load_pages",
    "publish_edition",
    "take_back_edition",
    "withhold_edition",
    "delete_edition",
    "redact_editions",  # tests/herne_strategy/redaction
}
# They change nothing that the public reads, or call those above.
OTHERS = {
    "build_assets",
    "check_tree",
    "clear_personal_data",
    "create_roles",
    "export_site",
    "freeze_edition",
    "prepare_demo",
    "renew_public_pages",  # raises the revision, so that all pages are made anew of what is there
    "report_failure",
    "rotate_second_factor_keys",
    "send_desk_mail",
    "verify_archive",
    "verify_editions",
    "write_headers",
    "write_site",
}
DISTRICT_AND_SDG = LISTS.replace("title: Bildung,", "title: Gute Bildung,").replace(
    "name: Wanne", "name: Eickel"
)


def run(name: str, *arguments: str) -> Callable[[], None]:
    return lambda: call_command(name, *arguments, stdout=StringIO())


def refused(door: Callable[[], object]) -> Callable[[], None]:
    """The door, which refuses."""

    def tried() -> None:
        with pytest.raises(CommandError):
            door()

    return tried


@pytest.fixture
def next_edition(real: Edition) -> Edition:
    """An edition that is not public yet."""
    return freeze_with_paper(slug="neu", title="Neue Fassung")


def test_every_command_is_tried():
    ours = {name for name, app in get_commands().items() if app in APPS}

    assert ours == CHANGING | OTHERS


class TestLoadStrategy:
    def test_lists(self, load):
        assert through(lambda: load(LISTS)) == RAISED

    def test_nothing_new(self, load):
        load(LISTS)

        assert through(lambda: load(LISTS)) == UNTOUCHED

    def test_dry_run(self, load):
        assert through(lambda: load(LISTS, "--dry-run")) == UNTOUCHED

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("name: Umwelt,", "name: Klima,"),
            ("name: Rat,", "name: Stadtrat,"),
            ("name: Vorlage", "name: Andere"),
            ("held_on: 2021-10-05", "held_on: 2021-10-06"),
        ],
    )
    def test_change_that_is_taken_over(self, load, old: str, new: str):
        load(LISTS)

        assert through(refused(lambda: load(LISTS.replace(old, new)))) == UNTOUCHED
        assert through(lambda: load(LISTS.replace(old, new), "--overwrite")) == RAISED

    def test_names_that_editions_keep(self, load):
        """SDGs and districts are in editions, by name: readers see a change with the next one."""
        load(LISTS)

        assert through(lambda: load(DISTRICT_AND_SDG, "--overwrite")) == UNTOUCHED

    def test_refused_consultations(self, load):
        load(LISTS)
        Paper.objects.update(dated_on="2021-12-01")
        text = LISTS.replace("name: Rat,", "name: Stadtrat,").replace("2021-10-05", "2021-10-06")

        assert through(refused(lambda: load(text, "--overwrite"))) == UNTOUCHED


class TestLoadSample:
    def test_loading(self, load_sample):
        assert through(load_sample) == RAISED

    def test_loading_twice(self, load_sample):
        load_sample()

        assert through(load_sample) == UNTOUCHED

    def test_removing(self, load_sample):
        load_sample()

        assert through(run("load_sample", "--remove")) == RAISED

    def test_removing_departments_alone(self, real: Edition):
        Department.objects.create(key="b", name="Beispiel: Amt", is_sample=True)

        assert through(run("load_sample", "--remove")) == RAISED
        assert through(run("load_sample", "--remove")) == UNTOUCHED


class TestLoadPages:
    def test_missing_page(self):
        run("load_pages")()
        LegalPage.objects.get(slug="impressum").delete()

        assert through(run("load_pages", "--dry-run")) == UNTOUCHED
        assert through(run("load_pages")) == RAISED
        assert through(run("load_pages")) == UNTOUCHED


class TestEditions:
    def test_freezing(self, real: Edition):
        assert through(run("freeze_edition", "--slug", "neu", "--title", "Neu")) == UNTOUCHED

    def test_publishing(self, next_edition: Edition):
        assert through(run("publish_edition", "neu")) == RAISED

    def test_taking_back(self, next_edition: Edition):
        publish(next_edition)

        assert through(run("take_back_edition")) == RAISED
        assert through(refused(run("take_back_edition"))) == UNTOUCHED

    def test_withholding(self, real: Edition, next_edition: Edition):
        publish(next_edition)

        assert through(refused(run("withhold_edition", "echt"))) == UNTOUCHED
        assert through(run("withhold_edition", "echt", "--reason", "Ein Name")) == RAISED
        assert through(run("withhold_edition", "echt", "--release")) == RAISED

    def test_deleting(self, real: Edition, next_edition: Edition):
        publish(next_edition)

        assert through(refused(run("delete_edition", "neu", "--yes"))) == UNTOUCHED
        assert through(run("delete_edition", "echt", "--yes")) == RAISED
