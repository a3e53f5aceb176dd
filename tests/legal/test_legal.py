"""The pages that the law asks for: delivered texts, the command that loads them."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import resolve

from legal import barrier_page
from legal.legal_page import delivered
from legal.models import LegalPage, LegalSlug
from strategy.editions.models import PublicState

pytestmark = pytest.mark.django_db

PLACEHOLDER = "Platzhalter: Diesen Text muss die Stadt noch ausfüllen."

WANTED_HEADINGS = {
    "impressum": {
        "Anbieterin",
        "Rechtsform und Vertretung",
        "Kontakt",
        "Aufsichtsbehörde",
        "Umsatzsteuer-Identifikationsnummer",
        "Verantwortlich für den Inhalt nach § 18 Absatz 2 MStV",
    },
    "datenschutz": {
        "Verantwortlich",
        "Datenschutzbeauftragte Person",
        "Was beim Lesen nicht geschieht",
        "Protokolle des Servers",
        "Wenn Sie eine Barriere melden",
        "Ansprechstellen in diesem Portal",
        "Anmeldung der Redaktion",
        "Welche Daten gespeichert werden, wozu und wie lange",
        "Übermittlung in andere Staaten",
        "Ihre Rechte",
        "Beschwerde",
        "Stand",
    },
    "barrierefreiheit": {
        "Stand der Vereinbarkeit",
        "Nicht barrierefreie Inhalte",
        "Welche Teile nicht barrierefrei sind",
        "Gründe",
        "Alternativen",
        "Erstellung dieser Erklärung",
        "Barrieren melden",
        "Ombudsverfahren",
    },
    "leichte-sprache": {
        "Was ist das hier?",
        "Was steht in dem Plan?",
        "Wer macht den Plan?",
        "So benutzen Sie die Internet-Seite",
        "Gibt es noch mehr in Leichter Sprache?",
        "Haben Sie ein Problem mit der Internet-Seite?",
    },
    "gebaerdensprache": {
        "Was auf diesen Seiten steht",
        "Wie Sie sich hier zurechtfinden",
        "Was es noch in Gebärdensprache gibt",
        "Barrierefreiheit",
    },
}


def headings(html):
    """The headings of the second and third level within <main>, but for the kinds of personal data: these say about
    whom they are, in brackets (tests/herne_strategy/personal_data)."""
    return set(re.findall(r"<h[23]>(.*?[^)])</h[23]>", html.partition("<main")[2].partition("</main>")[0]))


def revision():
    return PublicState.objects.values_list("revision", flat=True).first() or ""


@pytest.mark.parametrize("slug", LegalSlug.values)
def test_page_without_row_shows_the_delivered_text_under_the_headings_of_the_law(client, slug):
    response = client.get(f"/{slug}/")

    html = response.content.decode()
    assert response.status_code == 200
    assert headings(html.replace("&nbsp;", " ")) == WANTED_HEADINGS[slug]
    assert html.count("<h1>") == 1
    assert f"<h1>{delivered(slug).title}</h1>" in html


@pytest.mark.parametrize("slug", LegalSlug.values)
def test_page_sets_no_cookie_and_is_kept_by_the_page_cache(client, slug):
    response = client.get(f"/{slug}/")

    assert "Set-Cookie" not in response.headers
    assert "ETag" in response


@pytest.mark.parametrize("slug", LegalSlug.values)
def test_delivered_text_keeps_the_text_rules(slug):
    page = delivered(slug)

    page.full_clean()

    assert page.text == LegalPage._meta.get_field("text").to_python(page.text)


@pytest.mark.parametrize("slug", sorted(set(LegalSlug.values) - {"leichte-sprache"}))
def test_delivered_placeholder_says_so_and_names_what_is_missing_in_brackets(client, slug):
    html = client.get(f"/{slug}/").content.decode()

    assert PLACEHOLDER in html
    assert re.search(r"\[[A-ZÄÖÜ][^\]]{5,}\]", html)


@pytest.mark.parametrize("slug", LegalSlug.values)
def test_delivered_text_invents_no_address_and_no_number(slug):
    text = delivered(slug).text

    assert set(re.findall(r"[\w.+-]+@[\w.-]+\.\w+", text)) <= {"ombudsstelle-barrierefreie-it@mags.nrw.de"}
    assert not re.search(r"\b\d{5}\b", text)
    assert not re.search(r"(?i)(tel\.?|telefon)[^\n]{0,10}\d", text)


def test_easy_language_is_complete_but_says_that_nobody_checked_it(client):
    html = client.get("/leichte-sprache/").content.decode()

    assert "Eine Prüf-Gruppe hat den Text noch nicht geprüft." in html
    assert PLACEHOLDER not in html
    assert "[" not in re.sub(r"\[[^\]]*\]\(", "", delivered("leichte-sprache").text)


def test_easy_language_keeps_its_sentences_short():
    text = re.sub(r"\]\([^)]*\)|[*#\[]|^- ", " ", delivered("leichte-sprache").text, flags=re.MULTILINE)

    sentences = [sentence.split() for sentence in re.split(r"[.?!:]\s|\n", text)]

    assert max(map(len, sentences)) <= 12


def test_accessibility_statement_names_norm_form_and_ombuds_office(client):
    html = client.get("/barrierefreiheit/").content.decode()

    assert "EN 301 549 in der Fassung V3.2.1" in html
    assert '<a href="/barriere-melden/">Barriere melden</a>' in html
    assert '<a href="https://www.lbbp.nrw.de/ombudsstelle">' in html
    assert "§&nbsp;10d BGG NRW" in html
    assert "Schlichtungsstelle" not in html


def test_local_links_of_the_delivered_texts_lead_somewhere():
    texts = "".join(delivered(slug).text for slug in LegalSlug.values)
    found = set(re.findall(r"\]\((/[^)]*)\)", texts))

    views = {link: resolve(link).func for link in found}

    assert views["/barriere-melden/"] is barrier_page.report
    assert {"/", "/massnahmen/", "/sdg/", "/fassungen/", "/barrierefreiheit/", "/impressum/"} <= set(views)


def test_page_shows_the_row_with_its_date_and_without_placeholder(client):
    LegalPage.objects.create(
        slug="impressum", title="Impressum", text="## Wir\n\nText", changed_on="2026-03-01"
    )

    html = client.get("/impressum/").content.decode()

    assert headings(html) == {"Wir"}
    assert "Stand: 01.03.2026" in html
    assert PLACEHOLDER not in html
    assert "Anbieterin" not in html


def test_page_text_cannot_carry_a_script(client):
    LegalPage.objects.create(
        slug="impressum", title="<b>x</b>", text="<script>alert(1)</script>\n\n[x](javascript:alert(1))"
    )

    html = client.get("/impressum/").content.decode()

    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<h1>&lt;b&gt;x&lt;/b&gt;</h1>" in html


def test_row_of_an_unknown_page_is_refused_by_the_database():
    LegalPage.objects.create(slug="datenschutz", title="D", text="t")

    with pytest.raises(IntegrityError), transaction.atomic():
        LegalPage.objects.create(slug="agb", title="AGB", text="t")

    assert list(LegalPage.objects.values_list("slug", flat=True)) == ["datenschutz"]


def test_load_pages_creates_what_is_missing_and_never_overwrites():
    LegalPage.objects.create(slug="impressum", title="Unser Impressum", text="Unser Text")
    before, out = revision(), StringIO()

    call_command("load_pages", stdout=out)

    assert "4 Rechtstexte angelegt, 1 waren schon da." in out.getvalue()
    assert set(LegalPage.objects.values_list("slug", flat=True)) == set(LegalSlug.values)
    assert LegalPage.objects.get(slug="impressum").text == "Unser Text"
    assert set(LegalPage.objects.filter(is_placeholder=True).values_list("slug", flat=True)) == {
        "datenschutz",
        "barrierefreiheit",
        "gebaerdensprache",
    }
    assert revision() != before


def test_load_pages_changes_nothing_the_second_time():
    call_command("load_pages", stdout=StringIO())
    before, out = revision(), StringIO()

    call_command("load_pages", stdout=out)

    assert out.getvalue() == "0 Rechtstexte angelegt, 5 waren schon da.\n"
    assert LegalPage.objects.count() == 5
    assert revision() == before


def test_load_pages_dry_run_creates_nothing():
    out = StringIO()

    call_command("load_pages", dry_run=True, stdout=out)

    assert "5 Rechtstexte würden angelegt, 0 sind schon da." in out.getvalue()
    assert not LegalPage.objects.exists()
