"""What the operator's monitor asks, past the proxy that speaks HTTPS."""

import pytest
from django.conf import settings as portal
from django.test import Client

pytestmark = pytest.mark.django_db


def test_monitor_is_answered_over_plain_http_and_nobody_else(settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    client = Client()

    answer = client.get("/healthz/")

    assert (answer.status_code, answer.content.decode()) == (200, f"ok {portal.PROGRAM_VERSION}\n")
    assert client.get("/bereit/").content == b"ready\n"
    for path in ("/", "/robots.txt", "/verwaltung/healthz/", "/healthz/mehr/"):
        assert client.get(path).status_code == 301, path


def test_monitor_has_to_name_a_host_of_the_portal() -> None:
    assert Client().get("/healthz/", headers={"host": "10.0.0.7:8000"}).status_code == 400
