"""Bringing a list in as somebody does it in a browser; each decision by hand is counted."""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from editing.models import ImportFile
from tests.editing.pages import text_of
from tests.opened_form import opened

PAGE = "/verwaltung/tabellen/einlesen/"


@dataclass
class Visit:
    """Somebody at the pages. `decisions` are a file that is chosen, a button that is pressed, a field that is set to
    something else than it was proposed."""

    browser: Client
    decisions: int = 0
    address: str = PAGE
    pages: list[str] = field(default_factory=list)

    def upload(self, content: bytes, name: str = "Liste 2026.xlsx") -> "Visit":
        self.decisions += 2
        answer = self.browser.post(PAGE, {"file": SimpleUploadedFile(name, content)})
        self.pages.append(text_of(answer.content.decode()))
        self.address = answer.url if answer.status_code == 302 else PAGE
        return self

    def shown(self) -> str:
        """The page as it is read."""
        return text_of(self.browser.get(self.address).content.decode())

    def go_on(self, **changed: Any) -> "Visit":
        """Send the last form of the page as it opened, but for what is changed."""
        page = self.browser.get(self.address).content.decode()
        sent = {
            name: value
            for name, value in opened(page).items()
            if name not in ("part", "sheet", "header", "last")
        }
        assert set(changed) <= {*sent, "part", "sheet", "header", "last", "reason", "twice"}
        self.decisions += 1 + len(changed)
        answer = self.browser.post(self.address, {**sent, **changed})
        self.pages.append(text_of(answer.content.decode()))
        self.address = answer.url if answer.status_code == 302 else self.address
        return self

    def bring_in(self) -> "Visit":
        """Everything as it is proposed, from the columns to the confirmation."""
        self.go_on().go_on().go_on()
        assert self.address == "/verwaltung/verlauf/", self.pages[-1]
        return self


def file() -> ImportFile:
    return ImportFile.objects.get()
