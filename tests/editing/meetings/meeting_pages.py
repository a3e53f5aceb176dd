"""A meeting as the browser sends it, for tests."""

import re
from html import unescape

from django.test import Client

from editing.models import Meeting

LIST = "/verwaltung/sitzungen/"


def prepare(client: Client, **more: object) -> Meeting:
    """A meeting of the steering group with what the filter leaves: by default all that is up for agreement."""
    said = {"body": "Steuerungsgruppe", "held_on": "2026-12-03", "stand": "open", **more}
    answer = client.post(f"{LIST}neu/", said)
    assert answer.status_code == 302, answer.content.decode()
    return Meeting.objects.latest("pk")


def page_of(meeting: Meeting, query: str = "") -> str:
    """The address of a meeting."""
    return f"{LIST}{meeting.pk}/{query}"


def fields(page: str) -> dict[str, str]:
    """What the form of the agenda sends as it was opened."""
    sent = dict(re.findall(r'<input type="hidden" name="(\d+-opened)" value="([^"]*)"', page))
    sent |= dict(re.findall(r'<input type="radio" name="(\d+-choice)" value="(\w*)" checked', page))
    sent |= dict(re.findall(r'<input type="text" name="(\d+-reason)" value="([^"]*)"', page))
    return {name: unescape(value) for name, value in sent.items()}


class Opened:
    """The page of a meeting that somebody has open: what was typed so far, and sending it."""

    def __init__(self, client: Client, meeting: Meeting, query: str = "") -> None:
        self.client, self.address = client, page_of(meeting, query)
        self.items = {item.title: item.pk for item in meeting.items.all()}
        self.page = client.get(self.address).content.decode()
        self.typed = fields(self.page)

    def choose(self, title: str, choice: str, reason: str = "") -> "Opened":
        self.typed |= {f"{self.items[title]}-choice": choice, f"{self.items[title]}-reason": reason}
        return self

    def send(self, button: str = "speichern", *, status: int = 200) -> str:
        """The page that comes back."""
        answer = self.client.post(self.address, {**self.typed, button: "1"}, follow=True)
        assert answer.status_code == status
        return answer.content.decode()


def close(client: Client, meeting: Meeting, **more: object) -> str:
    """Close it as the page shows it; the page that comes back."""
    address = page_of(meeting, "abschliessen/")
    page = client.get(address).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', page)
    assert seen
    said = {"body": "Steuerungsgruppe", "held_on": "2026-12-03", "seen": seen[1], "abschliessen": "1", **more}
    return client.post(address, said, follow=True).content.decode()
