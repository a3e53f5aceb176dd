"""Reporting a barrier: the form, what it refuses, the mail. The limits: test_barrier_reports.py."""

import html as html_module
import re

import pytest
from django.core import mail

from legal.barrier_form import as_typed, local_path
from legal.models import BarrierReport

pytestmark = pytest.mark.django_db

URL = "/barriere-melden/"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TYPED = {
    "text": "Die Tabelle & der Rest\nist nicht lesbar 🙁",
    "page": "/massnahmen/",
    "name": "Käthe",
    "email": "kaethe@example.org",
}


@pytest.fixture(autouse=True)
def hosts(settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    settings.PUBLIC_URL = "https://strategie.example.de"
    settings.SECURE_SSL_REDIRECT = False
    settings.BARRIER_MAIL_TO = "barriere@example.de"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def main(response):
    """What stands within <main>, as HTML."""
    return response.content.decode().partition("<main")[2].partition("</main>")[0]


def shown(response):
    """The words within <main>."""
    return " ".join(html_module.unescape(re.sub(r"<[^>]+>", " ", main(response))).split())


def title(response):
    return re.search(r"<title>(.*?)</title>", response.content.decode()).group(1)


def field_values(response):
    """What the fields of the shown form contain, by name."""
    found = {"text": re.search(r"<textarea[^>]*>\n?(.*?)</textarea>", main(response), re.DOTALL).group(1)}
    for tag in re.findall(r"<input[^>]*>", main(response)):
        value = re.search(r'value="([^"]*)"', tag)
        found[re.search(r'name="([^"]*)"', tag).group(1)] = value.group(1) if value else ""
    return {name: html_module.unescape(value).lstrip("\r\n") for name, value in found.items()}


def test_form_is_public_without_cookie_and_names_every_field(client):
    response = client.get(URL)

    assert response.status_code == 200
    assert "ETag" in response  # the page cache keeps it
    assert "Set-Cookie" not in response.headers
    assert title(response).startswith("Barriere melden")
    assert re.findall(r'<label for="id_\w+">(.*?)</label>', main(response)) == [
        f'{label} <span class="form-field__need">({need})</span>'
        for label, need in [
            ("Auf welche Barriere sind Sie gestoßen?", "Pflichtfeld"),
            ("Auf welcher Seite?", "freiwillig"),
            ("Ihr Name", "freiwillig"),
            ("Ihre E-Mail-Adresse", "freiwillig"),
        ]
    ] + ["Bitte lassen Sie dieses Feld leer"]
    assert "csrf" not in response.content.decode()


def test_form_associates_hints_and_browser_help_with_its_fields(client):
    page = main(client.get(URL))

    assert re.findall(r'<p class="form-field__hint" id="(\w+)"', page) == [
        f"id_{name}_helptext" for name in TYPED
    ]
    assert re.findall(r'aria-describedby="(\w+)"', page) == [f"id_{name}_helptext" for name in TYPED]
    assert re.findall(r'autocomplete="([\w-]+)"', page) == ["off", "off", "name", "email", "off"]
    assert "maxlength" not in page
    trap = re.search(r'<div class="form-trap" aria-hidden="true">(.*?)</div>', page, re.DOTALL).group(1)
    assert "Bitte lassen Sie dieses Feld leer" in trap
    assert 'tabindex="-1"' in trap


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/massnahmen/rad/", "/massnahmen/rad/"),
        ("/", "/"),
        ("//evil.example/", ""),
        ("/\\evil.example/", ""),
        ("https://evil.example/", ""),
        ("/a b", ""),
        ("/" + "a" * 499, "/" + "a" * 499),
        ("/" + "a" * 500, ""),
        ("", ""),
    ],
)
def test_form_takes_over_only_a_local_path_and_is_not_kept_then(client, asked, kept):
    response = client.get(URL, {"seite": asked})

    assert field_values(response)["page"] == kept
    assert local_path(asked) == kept
    assert response.is_public_page is False


def test_report_is_stored_and_mailed_and_answered_without_cookie(client):
    response = client.post(URL, TYPED, headers=OWN)

    stored = BarrierReport.objects.get()
    assert (response.status_code, response["Location"]) == (303, "/barriere-melden/danke/")
    assert "Set-Cookie" not in response.headers
    assert {name: getattr(stored, name) for name in TYPED} == TYPED
    assert stored.mailed_at is not None
    assert (stored.is_done, stored.done_at, stored.done_by) == (False, None, None)
    assert "127.0.0.1" not in stored.client_key


def test_double_click_is_one_report_and_one_mail(client):
    answers = [client.post(URL, TYPED, headers=OWN) for _click in range(2)]

    assert [answer.status_code for answer in answers] == [303, 303]
    assert (BarrierReport.objects.count(), len(mail.outbox)) == (1, 1)


@pytest.mark.parametrize("email", ["a@b.de\nBcc: all@b.de", "a@b.de, c@b.de", "a@b"])
def test_mail_headers_cannot_be_smuggled_in_through_the_address(client, email):
    response = client.post(URL, TYPED | {"email": email}, headers=OWN)

    assert response.status_code == 422
    assert "Das ist keine vollständige E-Mail-Adresse." in shown(response)
    assert (mail.outbox, BarrierReport.objects.count()) == ([], 0)


def test_name_with_line_breaks_stays_on_its_line(client):
    client.post(URL, TYPED | {"name": "Käthe\r\nBcc: all@example.org"}, headers=OWN)

    assert BarrierReport.objects.get().name == "Käthe Bcc: all@example.org"
    assert mail.outbox[0].message()["Bcc"] is None


def test_report_stays_when_the_mail_fails_and_the_citizen_is_thanked(client, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    response = client.post(URL, TYPED, headers=OWN)

    stored = BarrierReport.objects.get()
    assert response.status_code == 303
    assert stored.mailed_at is None
    assert [record.message for record in caplog.records] == [
        f"Barrier report {stored.pk} is stored, but could not be mailed."
    ]


def test_thanks_page_is_public_and_names_the_ombuds_office(client):
    response = client.get("/barriere-melden/danke/")

    assert "ETag" in response  # the page cache keeps it
    assert "Set-Cookie" not in response.headers
    assert "Danke für Ihre Meldung" in shown(response)
    assert "können Sie sich an die Ombudsstelle wenden" in shown(response)


def test_error_summary_leads_to_the_fields_and_everything_typed_is_kept(client):
    typed = TYPED | {"text": "  ", "email": "kaethe(at)example.org"}

    response = client.post(URL, typed, headers=OWN)

    page = main(response)
    assert response.status_code == 422
    assert title(response).startswith("Fehler: Barriere melden")
    assert re.findall(r'<a href="#(id_\w+)">', page) == ["id_text", "id_email"]
    assert 'id="fehler" tabindex="-1" autofocus' in page
    assert 'aria-describedby="id_text_helptext id_text_error"' in page
    assert 'id="id_text_error"' in page
    assert page.count('aria-invalid="true"') == 2
    assert "Fehler: Bitte beschreiben Sie die Barriere." in shown(response)
    assert field_values(response) == typed | {"homepage": ""}
    assert not BarrierReport.objects.exists()


def test_text_of_5000_characters_is_taken(client):
    client.post(URL, {"text": "ä\r\n" * 2499 + "ab"}, headers=OWN)

    assert BarrierReport.objects.get().text == "ä\n" * 2499 + "ab"
    assert len(BarrierReport.objects.get().text) == 5000


def test_text_of_5001_characters_is_refused_and_kept(client):
    response = client.post(URL, {"text": "a" * 5001}, headers=OWN)

    assert "Die Beschreibung hat 5001 Zeichen; möglich sind höchstens 5000." in shown(response)
    assert field_values(response)["text"] == "a" * 5001
    assert not BarrierReport.objects.exists()


def test_typed_text_is_normalised_not_refused():
    assert as_typed("a\r\nb\rc\td\x00\x1b🙁e\u0301") == "a\nb\nc d🙁é"
    assert as_typed("a\r\nb", one_line=True) == "a b"


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        {"Origin": "http://testserver"},
        {"Origin": "https://strategie.example.de"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Referer": "http://testserver/barriere-melden/"},
    ],
)
def test_report_from_here_is_taken(client, headers):
    response = client.post(URL, TYPED, headers=headers)

    assert response.status_code == 303
    assert BarrierReport.objects.count() == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://["},
        {"Origin": "https://evil.example"},
        {"Origin": "http://testserver@evil.example"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null", "Referer": "http://testserver/"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Referer": "http://testserver/"},
        {"Referer": "https://evil.example/"},
        {"Referer": "/barriere-melden/"},
    ],
)
def test_report_from_elsewhere_is_refused_and_everything_typed_is_kept(client, headers):
    response = client.post(URL, TYPED, headers=headers)

    assert response.status_code == 403
    assert title(response).startswith("Fehler: Barriere melden")
    assert "Zu Ihrem Schutz wurde nichts gespeichert." in shown(response)
    assert '<a href="mailto:barriere@example.de">' in main(response)
    assert field_values(response) == TYPED | {"homepage": ""}
    assert "Set-Cookie" not in response.headers
    assert (mail.outbox, BarrierReport.objects.count()) == ([], 0)


def test_trapped_program_is_thanked_but_nothing_is_stored(client):
    response = client.post(URL, TYPED | {"homepage": "https://spam.example"}, headers=OWN)

    assert (response.status_code, response["Location"]) == (303, "/barriere-melden/danke/")
    assert (mail.outbox, BarrierReport.objects.count()) == ([], 0)


def test_page_over_the_limit_keeps_everything_typed_and_names_the_mail_address(client):
    for number in range(5):
        client.post(URL, {"text": f"x{number}"}, headers=OWN)

    response = client.post(URL, TYPED, headers=OWN)

    assert response.status_code == 429
    assert "Innerhalb einer Stunde sind zu viele Meldungen eingegangen." in shown(response)
    assert '<a href="mailto:barriere@example.de">barriere@example.de</a>' in main(response)
    assert field_values(response) == TYPED | {"homepage": ""}
    assert (BarrierReport.objects.count(), len(mail.outbox)) == (5, 5)


@pytest.mark.parametrize(("proxies", "status"), [(1, 303), (0, 429)])
def test_client_behind_a_proxy_is_the_last_address_that_it_names(client, settings, proxies, status):
    settings.BEHIND_PROXY = proxies
    for number in range(5):
        client.post(URL, {"text": f"x{number}"}, headers=OWN | {"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})

    same = client.post(URL, TYPED, headers=OWN | {"X-Forwarded-For": "203.0.113.7, 192.0.2.1"})
    other = client.post(URL, TYPED, headers=OWN | {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})

    assert (same.status_code, other.status_code) == (429, status)
