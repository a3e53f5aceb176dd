"""Writes all pages of one public state into its folder."""

import json
import os
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

from django.utils import timezone

from herne_strategy.static_site import error_pages, site_folder
from herne_strategy.static_site.addresses import START, walk
from herne_strategy.static_site.application import Answer, Application, Failed
from herne_strategy.static_site.headers import Headers
from herne_strategy.static_site.stored_files import StoredFiles
from herne_strategy.static_site.switch import switch
from printing.pdf import store
from strategy.editions.library import Shown
from strategy.editions.models import Publication, PublicState

ETAGS = (
    "etags.json"  # of files with a download name, so that they are read again only where they have changed
)


class Outdated(Exception):
    """The public state has changed meanwhile."""


class Filling:
    """The folder of one public state, with the addresses that have a file in it. `refused` says by address why a
    public page stays with the application."""

    def __init__(self, application: Application, headers: Headers, shown: Shown) -> None:
        self.shown = shown
        self.folder = site_folder.sets() / shown.stamp
        self.addresses: set[str] = set()
        self.refused: dict[str, str] = {}
        self._application = application
        self._headers = headers
        self._lacking: defaultdict[str, set[str]] = defaultdict(set)  # addresses by the file they wait for
        last = site_folder.set_at(site_folder.LAST)
        before = last / headers.digest if last else None
        self._etags_before = _read_etags(before) if before else {}
        self._etags: dict[str, str] = {}
        site_folder.remove_others(self.folder)
        self.files = StoredFiles(self.folder / headers.digest, before)

    def fill(self) -> None:
        """Write everything, and let nginx fall back on it. Outdated where the state changes meanwhile: what has been
        written until then is right, and what was rendered last is thrown away."""
        error_pages.write()
        _note_publication(self.folder)
        self._refuse_outdated()
        switch(self.shown)
        for address, answer in walk(self._ask):
            self._take(address, answer)
        self._refuse_outdated()
        self._complete()

    def add_finished(self) -> None:
        """Take up files that have been made since. Nothing is asked of the application where none has."""
        finished = self._lacking.keys() & {path.name for path in store.folder().iterdir()}
        addresses = {address for name in finished for address in self._lacking.pop(name)}
        if addresses:
            self.files.new_second()
            for address in sorted(addresses):
                self._take(address, self._ask(address))
            self._write_etags()

    def _ask(self, address: str) -> Answer:
        with store.only_finished() as unfinished:
            answer = self._application.ask(address, self._etags_before.get(address, ""))
        for name in unfinished:
            self._lacking[name].add(address)
        return answer

    def _take(self, address: str, answer: Answer) -> None:
        """Write it, where it may be given to everybody and nginx would send the same headers."""
        if answer.status == 304 and self.files.keep_unchanged(address):
            self._etags[address] = self._etags_before[address]
            self.addresses.add(address)
        elif answer.status >= 500:
            if address in START:
                raise Failed(f"{address}: {answer.status}")
            self.refused[address] = str(answer.status)
        elif is_public(answer):
            if deviation := self._headers.deviation(address, answer):
                self.refused[address] = deviation
                return
            self._refuse_outdated()
            self.files.keep(address, answer)
            self.addresses.add(address)
            if answer.file_name and "ETag" in answer.headers:
                self._etags[address] = answer.headers["ETag"]

    def _complete(self) -> None:
        self._write_etags()
        os.sync()  # what is called complete is so after a power failure too
        site_folder.point(site_folder.LAST, self.folder.name)
        site_folder.remove_others(self.folder)

    def _write_etags(self) -> None:
        (self.files.folder / ETAGS).write_text(json.dumps(self._etags))

    def _refuse_outdated(self) -> None:
        revision = PublicState.objects.filter(pk=1).values_list("revision", flat=True).first() or ""
        if not self.shown.is_of(revision, timezone.localdate()):
            raise Outdated


def is_public(answer: Answer) -> bool:
    """Whether an answer may be given to everybody: a whole page, not one person's, and none with a form to send."""
    control = answer.headers.get("Cache-Control", "")
    return (
        answer.status == 200
        and not answer.has_cookies
        and "private" not in control
        and "no-store" not in control
        and b'method="post"' not in answer.body
    )


def _note_publication(folder: Path) -> None:
    last = Publication.objects.filter(taken_back_at=None).first()
    (folder / "publication").write_text(str(last.pk) if last else "")


def _read_etags(folder: Path) -> dict[str, str]:
    with suppress(FileNotFoundError, ValueError):
        return dict(json.loads((folder / ETAGS).read_text()))
    return {}
