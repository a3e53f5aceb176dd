"""What is written of a public state, and what never is."""

import gzip
import re

import brotli
import pytest

from tests.herne_strategy.static_site.conftest import JSON, PDF, Site
from tests.herne_strategy.static_site.made_files import CONTENT
from tests.published import nodes, page_kinds

pytestmark = [pytest.mark.once, pytest.mark.django_db]  # the database is made for tests that say so


def test_every_page_of_the_sitemap_and_every_kind_of_page_is_written(site: Site):
    goal = nodes("strategic_goal", measures=6)[0]["slug"]

    assert site.sitemap <= site.addresses
    assert len(site.sitemap) > 15
    assert {"/robots.txt", "/sitemap.xml", "/farben.css", "/druck.css", "/pruefsumme/"} <= site.addresses
    assert {"/impressum/", "/datenschutz/", "/sdg/4/", "/druck/", f"/ziele/{goal}/druck/"} <= site.addresses
    assert set(page_kinds()) & site.answers.keys() <= site.addresses
    assert {PDF, JSON} <= site.addresses


@pytest.mark.parametrize("address", ["/", "/massnahmen/", "/farben.css", "/sitemap.xml"])
def test_files_are_what_the_application_answers_in_three_forms(site: Site, address: str):
    path, said = site.page(address), site.answers[address].body

    assert path.read_bytes() == said
    assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == said
    assert brotli.decompress(path.with_name(f"{path.name}.br").read_bytes()) == said


def test_nothing_of_the_staff_the_monitor_or_a_form_is_written(site: Site):
    never = re.compile(r"/(verwaltung|healthz|bereit|static|barriere-melden)/|\?")

    assert [address for address in site.addresses if never.match(address)] == []
    assert site.answers["/barriere-melden/"].status == 200


def test_a_finished_file_lies_in_a_folder_of_its_download_name(site: Site):
    link = next(site.root.glob(f"current/*/files{PDF}"))

    assert link.resolve().name == "musterstadt-nachhaltigkeitsstrategie-eins-kurzfassung.pdf"
    assert (link / "content.pdf").read_bytes() == CONTENT
    assert [address for address in site.addresses if address.endswith(".pdf")] == [PDF]


def test_pages_of_other_editions_are_written_as_far_as_readers_are_led_there(site: Site):
    measure = nodes("measure", measures=1)[0]["slug"]

    assert {"/fassungen/alt/", "/fassungen/alt/farben.css", "/fassungen/alt/synopse/eins/"} <= site.addresses
    assert f"/fassungen/alt/massnahmen/{measure}/" not in site.addresses
    assert f"/massnahmen/{nodes('measure', measures=6)[0]['slug']}/" in site.addresses


def test_the_web_server_may_read_everything(site: Site):
    paths = list(site.root.glob("current/*/pages/**/*"))

    assert [path for path in paths if path.stat().st_mode & 0o044 != 0o044] == []
    assert len(paths) > 100
