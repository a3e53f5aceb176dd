"""Every public page has the headers that protect its readers, and sets no cookie."""

import pytest
from django.core.management import call_command
from django.test import Client

from tests.published import page_kinds, publish

pytestmark = pytest.mark.django_db


def test_no_public_page_sets_a_cookie_and_all_have_the_headers(client: Client) -> None:
    publish("eins")
    call_command("load_pages", verbosity=0)

    for path in [
        *page_kinds(),
        "/impressum/",
        "/barriere-melden/",
        "/gibt-es-nicht/",
        "/robots.txt",
        "/.well-known/security.txt",
        "/healthz/",
        "/bereit/",
    ]:
        for _ in range(2):  # rendered, then kept
            response = client.get(path)
            assert not response.cookies, path
            assert response["Content-Security-Policy"].count("default-src 'none'") == 1, path
            assert response["X-Content-Type-Options"] == "nosniff", path
            assert response["Referrer-Policy"] == "same-origin", path
            assert "camera=()" in response["Permissions-Policy"], path
            assert response["X-Frame-Options"] == "DENY", path


def test_csp_allows_nothing_unsafe(client: Client) -> None:
    publish("eins")

    policy = client.get("/")["Content-Security-Policy"]

    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert {part.split()[0]: part.split()[1:] for part in policy.split("; ")} == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
