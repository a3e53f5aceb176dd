"""The database goes away between what a form does and the session that notes it."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_it_is_no_fault_of_who_sent_the_form(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    client = Client(raise_request_exception=False)
    client.force_login(User.objects.create_superuser("chefin"))
    monkeypatch.setattr(Session, "save", refuse)

    answer = client.post(
        "/verwaltung/measures/department/add/",
        {"key": "umwelt", "name": "Fachbereich Umwelt und Stadtplanung, mit Klimaschutz"},
        headers={"origin": "http://testserver"},
    )

    page = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Unsere Datenbank antwortet gerade nicht." in page
    assert "Vielleicht wurde gespeichert, wahrscheinlich nicht." in page
    assert 'value="Fachbereich Umwelt und Stadtplanung, mit Klimaschutz"' in page


def test_session_that_was_ended_elsewhere_is_no_outage() -> None:
    client = Client(raise_request_exception=False)

    assert client.get("/", headers={"host": "fremd.example.de"}).status_code == 400
