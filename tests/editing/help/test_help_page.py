"""The manual inside the administration: read, searched, and led to from pages and fields."""

import re
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from editing.help import manual, sections
from strategy.text.rules import folded
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person

pytestmark = pytest.mark.django_db
HELP = "/verwaltung/hilfe/"


@pytest.fixture
def reader() -> Client:
    return browser_of(person("Lesen"))


def test_manual_is_shown_with_contents_and_pictures(reader: Client):
    page = reader.get(HELP).content.decode()

    assert "<h1>Leitfaden für die Redaktion</h1>" in page
    assert '<a href="#vom-arbeitsstand-zur-fassung">Vom Arbeitsstand zur Fassung</a>' in page
    assert '<h2 id="vom-arbeitsstand-zur-fassung">' in page
    assert page.count("<img ") == (settings.BASE_DIR / "docs/redaktion.md").read_text().count("](bilder/") > 5
    assert (
        f'href="{HELP}rollen/"' in page
        and ".md" not in page.partition('class="reading')[2].partition("betrieb")[0]
    )


def test_every_picture_and_every_link_of_the_documents_leads_somewhere(reader: Client):
    for name, file in manual.DOCUMENTS.items():
        html = str(manual.document(file).html)
        for address in re.findall(r'(?:src|href)="(/[^"#]+)', html):
            assert reader.get(address).status_code == 200, (name, address)
        missing = set(re.findall(r'href="#([^"]+)', unquote(html))) - manual.document(file).anchors
        assert missing == set()


def test_an_image_of_the_program_carries_the_documents():
    ignored = (settings.BASE_DIR / ".containerignore").read_text().split()

    assert not {"docs", "docs/", "*.md", "**/*.md", "docs/bilder", "*.jpg"} & set(ignored)
    assert "COPY . /srv/strategie" in (settings.BASE_DIR / "deploy/Containerfile").read_text()


def test_search_finds_sections_by_all_their_words_in_every_document(reader: Client):
    found = text_of(reader.get(HELP, {"q": "word EINFUEGEN"}).content.decode())
    terms = reader.get(HELP, {"q": "kennung zitiert"}).content.decode()
    nothing = text_of(reader.get(HELP, {"q": "gibtesnicht"}).content.decode())

    assert "Aus Word oder PDF einfügen" in found and "Drucken, PDF und Archiv" not in found
    assert f'href="{HELP}begriffe/#f-bis-m"' in terms
    assert "In 0 Abschnitten steht „gibtesnicht“." in nothing


@pytest.mark.parametrize("address", [f"{HELP}betrieb/", f"{HELP}bilder/..", f"{HELP}bilder/fehlt.jpg"])
def test_nothing_else_of_the_documents_is_served(reader: Client, address: str):
    assert reader.get(address).status_code == 404
    assert Client().get(HELP)["Location"].startswith("/verwaltung/login/")


def test_every_section_that_is_led_to_is_in_the_manual():
    anchors = manual.document(sections.MANUAL).anchors
    named = {*sections.OF_PAGES.values(), *sections.OF_FORMS.values(), *sections.OF_FIELDS.values()}

    assert {heading for heading in named if manual.anchor_of(heading) not in anchors} == set()


def test_every_page_of_the_editors_is_explained_by_a_section_of_its_own():
    modules = {
        pattern.callback.__module__
        for pattern in _patterns(get_resolver())
        if pattern.callback.__module__.startswith("editing.")
    }

    unexplained = {
        each for each in modules if not any(f"{each}.".startswith(f"{of}.") for of in sections.OF_PAGES)
    }

    assert unexplained == set()
    assert len(modules) > 15


def _patterns(resolver: URLResolver) -> list[URLPattern]:
    return [
        each
        for pattern in resolver.url_patterns
        for each in (_patterns(pattern) if isinstance(pattern, URLResolver) else [pattern])
    ]


@pytest.mark.parametrize(
    ("page", "anchor"),
    [
        ("editing:desk", "die-startseite"),
        ("tree_page", "der-baum"),
        ("editing:agree", "abstimmen"),
        ("editing:council", "rat-und-gremien"),
        ("editing:history", "verlauf"),
        ("admin:measures_measure_add", "ein-formular"),
        ("admin:measures_progress_changelist", "umsetzungsstand-melden"),
        ("admin:council_paper_add", "rat-und-gremien"),
        ("all_data", "das-wichtigste-zuerst"),
    ],
)
def test_page_leads_to_the_section_that_explains_it(page: str, anchor: str):
    client = browser_of(person("Koordinationsstelle"))

    shown = client.get(reverse(page)).content.decode()

    assert f'<a href="{HELP}#{anchor}">Hilfe zu dieser Seite</a>' in shown


def test_fields_lead_to_the_lines_that_explain_them():
    client = browser_of(person("Koordinationsstelle"))

    measure = client.get(reverse("admin:measures_measure_add")).content.decode()
    paper = client.get(reverse("admin:council_paper_add")).content.decode()

    assert (
        f'<a href="{HELP}#zahlen">Mehr dazu<span class="visually-hidden">: Einmalige Kosten (€)</span></a>'
        in measure
    )
    assert f'href="{HELP}#begründung">Mehr dazu' in measure
    assert f'href="{HELP}#nichtöffentliche-vorlagen">Mehr dazu' in paper
    assert measure.count("Mehr dazu") < measure.count('class="form-row')


def test_glossary_has_each_word_once_in_german_order_with_one_sentence():
    lines = re.findall(r"^- \*\*(.+?)\*\*: (.+)$", (settings.BASE_DIR / "docs/begriffe.md").read_text(), re.M)
    words = [folded(word) for word, _says in lines]

    assert words == sorted(set(words))
    assert [
        says for _word, says in lines if not re.fullmatch(r"[^.]*(?:\d\.\d[^.]*)*(?:\.\d[^.]*)*\.", says)
    ] == []
    assert len(words) > 40


def test_glossary_and_help_use_no_words_that_only_we_know():
    text = (settings.BASE_DIR / "docs/begriffe.md").read_text()

    assert re.findall(r"Knoten|Schlüssel|Herkunft|Siegel", text) == []


def test_admin_of_every_model_is_registered_for_a_section():
    for model in admin.site._registry:
        assert sections.section_of_page("django.contrib.admin.options", model)
