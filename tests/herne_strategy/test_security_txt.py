"""/.well-known/security.txt by RFC 9116: for whoever finds a flaw, where the city has named somebody."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

ADDRESS = "/.well-known/security.txt"


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        ("sicherheit@example.de", "Contact: mailto:sicherheit@example.de"),
        ("https://example.de/sicherheit", "Contact: https://example.de/sicherheit"),
    ],
)
def test_it_says_where_to_report_and_until_when(client: Client, settings, contact: str, line: str) -> None:
    settings.SECURITY_CONTACT = contact
    settings.PUBLIC_URL = "https://strategie.example.de"

    response = client.get(ADDRESS)

    text = response.content.decode()
    expires = datetime.fromisoformat(re.search(r"^Expires: (.+)$", text, re.MULTILINE)[1])  # type: ignore[index]
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert text.splitlines()[0] == line
    assert "Canonical: https://strategie.example.de/.well-known/security.txt" in text.splitlines()
    assert timedelta(days=150) < expires - datetime.now(UTC) < timedelta(days=365)


def test_without_a_contact_there_is_none(client: Client, settings) -> None:
    settings.SECURITY_CONTACT = ""

    assert client.get(ADDRESS).status_code == 404
