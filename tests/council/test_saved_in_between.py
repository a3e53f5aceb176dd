"""Somebody saves between the moment in which a form is checked and the one in which it is written."""

from typing import Any

import pytest
from django.contrib.admin import ModelAdmin
from django.test import Client

from council.consultations import Consultation, Resolution
from strategy.forms import live_admin
from tests.editing.pages import text_of
from tests.factories import ConsultationFactory, ResolutionFactory, UserFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db


def test_form_comes_back_with_what_is_wrong_and_nothing_is_written(
    client: Client, monkeypatch: pytest.MonkeyPatch
):
    """The other one's resolution is there when the write looks, and when the form is asked again; in between it is
    rolled back with ours, as tests have one connection only."""
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    decision = ConsultationFactory(role="decision", result="approved")
    url = f"/verwaltung/council/paper/{decision.paper_id}/change/"
    page = opened(client.get(url).content.decode()) | {"consultations-0-result": "rejected", "name": "Neu"}
    write, asked = live_admin.write, []

    def other_saves() -> None:
        ResolutionFactory(consultation=decision, votes_for=5, votes_against=1, votes_abstaining=0)

    def write_after_the_other(**rows: Any) -> None:
        other_saves()
        write(**rows)

    def view(self: Any, *args: Any, **kwargs: Any) -> Any:
        if asked:
            other_saves()
        asked.append(1)
        return ModelAdmin.changeform_view(self, *args, **kwargs)

    monkeypatch.setattr(live_admin, "write", write_after_the_other)
    monkeypatch.setattr(live_admin.MergingAdmin, "changeform_view", view, raising=False)

    response = client.post(url, page)

    html = response.content.decode()
    assert (response.status_code, len(asked)) == (200, 2)
    assert "Diese Stimmenzahlen passen nicht zum Ergebnis der Beratung (abgelehnt)." in text_of(html)
    assert opened(html)["name"] == "Neu"
    assert (Consultation.objects.get().result, Resolution.objects.count()) == ("approved", 1)
