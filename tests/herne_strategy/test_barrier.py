"""Reporting a barrier: the form, what it refuses, the limits, the mail. The admin: test_barrier_admin.py."""

import datetime
import html as html_module
import re

import pytest
from django.core import mail

from herne_strategy.barrier_reports import client_key, store
from herne_strategy.forms import as_typed, local_path
from herne_strategy.models import BarrierReport

pytestmark = pytest.mark.django_db

URL = "/barriere-melden/"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TYPED = {
    "text": "Die Tabelle & der Rest\nist nicht lesbar 🙁",
    "page": "/massnahmen/",
    "name": "Käthe",
    "email": "kaethe@example.org",
}
NOON = datetime.datetime(2026, 3, 4, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)


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


def report(number=1, *, at=NOON, address="192.0.2.1"):
    """Store that many reports; returns whether each one was kept."""
    return [store(BarrierReport(text="x"), address=address, now=at) for _ in range(number)]


def test_form_is_public_without_cookie_and_names_every_field(client):
    response = client.get(URL)

    words = shown(response)
    assert response.status_code == 200
    assert response.is_public_page is True
    assert "Set-Cookie" not in response.headers
    assert title(response).startswith("Barriere melden")
    assert re.findall(r"[\w? -]+ \((?:Pflichtfeld|freiwillig)\)", words) == [
        " Auf welche Barriere sind Sie gestoßen? (Pflichtfeld)",
        " Auf welcher Seite? (freiwillig)",
        " Ihr Name (freiwillig)",
        " Ihre E-Mail-Adresse (freiwillig)",
    ]
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


def test_mail_says_everything_and_is_answered_to_the_citizen(client):
    client.post(URL, TYPED, headers=OWN)

    [message] = mail.outbox
    number = BarrierReport.objects.get().pk
    assert message.subject == f"Gemeldete Barriere Nr. {number}"
    assert (message.to, message.reply_to) == (["barriere@example.de"], ["kaethe@example.org"])
    assert message.body == (
        "Jemand hat im Portal eine Barriere gemeldet.\n\n"
        "Seite: https://strategie.example.de/massnahmen/\nName: Käthe\nE-Mail: kaethe@example.org\n\n"
        "Die Tabelle & der Rest\nist nicht lesbar 🙁\n\n"
        "Bitte vermerken Sie hier, wenn die Meldung erledigt ist:\n"
        f"https://strategie.example.de/verwaltung/herne_strategy/barrierreport/{number}/change/\n"
    )


def test_report_of_the_text_alone_is_enough(client):
    client.post(URL, {"text": "Nur das"}, headers=OWN)

    assert BarrierReport.objects.get().text == "Nur das"
    assert mail.outbox[0].reply_to == []
    assert "E-Mail: nicht angegeben, es wird also keine Antwort erwartet" in mail.outbox[0].body


@pytest.mark.parametrize(
    "email", ["a@example.org\nBcc: all@example.org", "a@example.org, b@example.org", "a@b"]
)
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

    assert response.is_public_page is True
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


def test_sixth_report_of_a_client_is_refused_until_an_hour_has_passed():
    assert report(6) == [True] * 5 + [False]

    assert report(at=NOON + HOUR - datetime.timedelta(seconds=1)) == [False]
    assert report(at=NOON + HOUR) == [True]


def test_limit_of_a_client_leaves_others_alone():
    report(5)

    assert report(address="192.0.2.2") == [True]


def test_limit_of_a_client_holds_across_midnight():
    midnight = datetime.datetime(2026, 3, 4, 23, 0, tzinfo=datetime.UTC)  # 0:00 in Berlin
    report(5, at=midnight - datetime.timedelta(minutes=10))

    assert report(at=midnight + datetime.timedelta(minutes=10)) == [False]
    assert report(at=midnight + datetime.timedelta(minutes=50)) == [True]


def test_limit_of_all_clients_is_200_an_hour():
    BarrierReport.objects.bulk_create(
        BarrierReport(text="x", created_at=NOON, client_key=f"{number}") for number in range(199)
    )

    assert report(2) == [True, False]
    assert report(at=NOON + HOUR) == [True]


def test_client_key_is_forgotten_after_an_hour_and_tells_no_address(settings):
    report()
    [key] = BarrierReport.objects.values_list("client_key", flat=True)

    report(at=NOON + HOUR - datetime.timedelta(seconds=1), address="192.0.2.2")
    kept = BarrierReport.objects.filter(client_key=key).count()
    report(at=NOON + HOUR, address="192.0.2.3")

    assert kept == 1
    assert not BarrierReport.objects.filter(client_key=key).exists()
    assert client_key("192.0.2.1", NOON) == key
    assert client_key("192.0.2.1", NOON + 24 * HOUR) != key
    settings.SECRET_KEY = "another"
    assert client_key("192.0.2.1", NOON) != key


def test_client_keys_are_forgotten_even_when_the_report_is_refused():
    report()
    later = NOON + HOUR
    report(5, at=later - datetime.timedelta(minutes=1), address="192.0.2.2")
    BarrierReport.objects.filter(created_at=NOON).update(client_key="old")

    assert report(at=later, address="192.0.2.2") == [False]

    assert BarrierReport.objects.get(created_at=NOON).client_key == ""


def test_page_over_the_limit_keeps_everything_typed_and_names_the_mail_address(client):
    for _ in range(5):
        client.post(URL, {"text": "x"}, headers=OWN)

    response = client.post(URL, TYPED, headers=OWN)

    assert response.status_code == 429
    assert "Innerhalb einer Stunde sind zu viele Meldungen eingegangen." in shown(response)
    assert '<a href="mailto:barriere@example.de">barriere@example.de</a>' in main(response)
    assert field_values(response) == TYPED | {"homepage": ""}
    assert (BarrierReport.objects.count(), len(mail.outbox)) == (5, 5)


@pytest.mark.parametrize(("is_behind_proxy", "status"), [(True, 303), (False, 429)])
def test_client_behind_a_proxy_is_the_last_address_that_the_proxy_names(
    client, settings, is_behind_proxy, status
):
    settings.BEHIND_PROXY = is_behind_proxy
    for _ in range(5):
        client.post(URL, {"text": "x"}, headers=OWN | {"X-Forwarded-For": "198.51.100.9, 192.0.2.1"})

    same = client.post(URL, TYPED, headers=OWN | {"X-Forwarded-For": "203.0.113.7, 192.0.2.1"})
    other = client.post(URL, TYPED, headers=OWN | {"X-Forwarded-For": "192.0.2.1, 192.0.2.2"})

    assert (same.status_code, other.status_code) == (429, status)


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"text=" + b"a" * 2_700_000, "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=" % number for number in range(1100)), "application/x-www-form-urlencoded", 400),
        (b"nothing", "multipart/form-data", 400),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b", 422),
        (b'{"text": "x"}', "application/json", 422),
        (b"", "application/x-www-form-urlencoded", 422),
        (b"text=%00", "application/x-www-form-urlencoded", 422),
        (b"text=%ff%fe\xff", "application/x-www-form-urlencoded", 303),
        (b"text=a%00b", "application/x-www-form-urlencoded", 303),
        (b"text=x", "application/x-www-form-urlencoded; charset=base64", 303),
        (b"text=x", "application/x-www-form-urlencoded; charset=utf-16", 303),
        (b"text=x", "application/x-www-form-urlencoded; charset=undefined", 303),
        (b"text=%ed%a0%80", "application/x-www-form-urlencoded", 303),
    ],
)
def test_unreadable_request_is_answered_in_german_never_with_a_failure(client, body, content_type, status):
    response = client.post(URL, body, content_type=content_type, headers=OWN)

    assert response.status_code == status
    if status == 400:
        assert "Was gesendet wurde, ist zu groß oder nicht lesbar." in shown(response)
    if status == 422:
        assert "Bitte beschreiben Sie die Barriere." in shown(response)


def test_file_in_the_request_is_read_past(client):
    body = (
        b'--b\r\nContent-Disposition: form-data; name="f"; filename="f.bin"\r\n\r\n'
        + b"x" * 200_000
        + b"\r\n"
        b'--b\r\nContent-Disposition: form-data; name="text"\r\n\r\nMit Datei\r\n--b--\r\n'
    )

    response = client.post(URL, body, content_type="multipart/form-data; boundary=b", headers=OWN)

    assert response.status_code == 303
    assert BarrierReport.objects.get().text == "Mit Datei"
    assert not response.wsgi_request.FILES


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(URL).status_code == 405
