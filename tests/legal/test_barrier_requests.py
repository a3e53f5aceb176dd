"""Requests to /barriere-melden/ that no browser would send: answered in German, never with a failure."""

import pytest

from legal.models import BarrierReport

pytestmark = pytest.mark.django_db

URL = "/barriere-melden/"
OWN = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"text=" + b"a" * 2_700_000, "application/x-www-form-urlencoded", 400),
        (b"&".join(b"a%d=" % number for number in range(20_100)), "application/x-www-form-urlencoded", 400),
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
    response = client.generic("POST", URL, body, content_type=content_type, headers=OWN)

    assert response.status_code == status
    if status == 400:
        assert "Was gesendet wurde, ist zu groß oder nicht lesbar." in response.content.decode()
    if status == 422:
        assert "Bitte beschreiben Sie die Barriere." in response.content.decode()


def test_file_in_the_request_is_read_past(client):
    part = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    body = part % (b'f"; filename="f.bin', b"x" * 200_000) + part % (b"text", b"Mit Datei") + b"--b--\r\n"

    response = client.post(URL, body, content_type="multipart/form-data; boundary=b", headers=OWN)

    assert response.status_code == 303
    assert BarrierReport.objects.get().text == "Mit Datei"
    assert not response.wsgi_request.FILES


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client, method):
    assert getattr(client, method)(URL).status_code == 405


@pytest.mark.parametrize("query", ["seite=%ff%00", "seite=/a%00b/", "seite", "&&=;"])
@pytest.mark.parametrize(
    "content_type", ["text/html", "text/html; charset=base64", "text/html; charset=undefined"]
)
def test_form_is_shown_whatever_is_asked(client, query, content_type):
    response = client.generic("GET", URL, content_type=content_type, QUERY_STRING=query)

    assert response.status_code == 200
    assert "Auf welche Barriere sind Sie gestoßen?" in response.content.decode()
