"""Legal texts in the admin: edited, never deleted, and public at once."""

from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from legal.legal_page import delivered
from legal.models import LegalPage
from strategy.editions.models import PublicState

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    """A client who is logged in as administrator."""
    client = Client()
    client.force_login(User.objects.create_superuser("chef"))
    return client


def revision():
    return PublicState.objects.values_list("revision", flat=True).first() or ""


def test_admin_saves_with_date_and_the_public_sees_it_at_once(admin, client):
    call_command("load_pages", stdout=StringIO())
    client.get("/impressum/")
    page, before = LegalPage.objects.get(slug="impressum"), revision()

    admin.post(
        f"/verwaltung/legal/legalpage/{page.pk}/change/",
        {"title": "Impressum", "text": "Neu", "slug": "datenschutz"},
    )

    page.refresh_from_db()
    assert (page.text, page.is_placeholder, page.slug) == ("Neu", False, "impressum")
    assert page.changed_on == timezone.localdate()
    assert revision() != before
    assert "<p>Neu</p>" in client.get("/impressum/").content.decode()


def test_admin_refuses_a_text_that_breaks_the_rules(admin):
    call_command("load_pages", stdout=StringIO())
    page, before = LegalPage.objects.get(slug="impressum"), revision()

    response = admin.post(
        f"/verwaltung/legal/legalpage/{page.pk}/change/", {"title": "Impressum", "text": "Hallo 🌱"}
    )

    assert "Zeile 1, Zeichen 7" in response.content.decode()
    assert revision() == before
    assert LegalPage.objects.get(pk=page.pk).text == page.text


@pytest.mark.parametrize(
    ("slug", "law"),
    [
        ("impressum", "§ 5 DDG"),
        ("datenschutz", "§ 25 TDDDG"),
        ("barrierefreiheit", "§ 4 BITVNRW"),
        ("leichte-sprache", "in Leichter Sprache sagen"),
        ("gebaerdensprache", "in Deutscher Gebärdensprache sagen"),
    ],
)
def test_admin_change_page_says_what_the_law_wants(admin, slug, law):
    call_command("load_pages", stdout=StringIO())
    page = LegalPage.objects.get(slug=slug)

    response = admin.get(f"/verwaltung/legal/legalpage/{page.pk}/change/")

    assert law in response.content.decode()


def test_admin_adds_only_a_missing_page_beginning_with_its_delivered_text(admin):
    call_command("load_pages", stdout=StringIO())
    LegalPage.objects.filter(slug="gebaerdensprache").delete()

    form = admin.get("/verwaltung/legal/legalpage/add/").context["adminform"].form

    assert form.fields["slug"].choices == [("gebaerdensprache", "Gebärdensprache")]
    assert form.initial["text"] == delivered("gebaerdensprache").text
    response = admin.post(
        "/verwaltung/legal/legalpage/add/",
        {"slug": "gebaerdensprache", "title": "DGS", "text": "Video"},
    )
    assert response.status_code == 302
    assert LegalPage.objects.get(slug="gebaerdensprache").title == "DGS"


def test_admin_neither_adds_a_sixth_page_nor_deletes_one(admin):
    call_command("load_pages", stdout=StringIO())
    page = LegalPage.objects.get(slug="impressum")

    added = admin.get("/verwaltung/legal/legalpage/add/")
    deleted = admin.post(f"/verwaltung/legal/legalpage/{page.pk}/delete/", {"post": "yes"})

    assert (added.status_code, deleted.status_code) == (403, 403)
    assert LegalPage.objects.count() == 5


def test_admin_list_opens(admin):
    call_command("load_pages", stdout=StringIO())

    html = admin.get("/verwaltung/legal/legalpage/").content.decode()

    assert "Erklärung zur Barrierefreiheit" in html
    assert "Rechtstexte" in html


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("herne_strategy/legalpage/1/change/?a=1", "legal/legalpage/1/change/?a=1"),
        ("herne_strategy/barrierreport/", "legal/barrierreport/"),
        ("herne_strategy/staffsession/3/delete/", "accounts/staffsession/3/delete/"),
        ("herne_strategy/", "alle-daten/"),
    ],
)
def test_addresses_of_before_lead_to_those_of_today(client, before: str, now: str):
    response = client.get(f"/verwaltung/{before}")

    assert (response.status_code, response["Location"]) == (301, f"/verwaltung/{now}")
