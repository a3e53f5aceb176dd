"""Writes all pages of one public state into its folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from django.utils import timezone

from herne_strategy.static_site import error_pages, site_folder
from herne_strategy.static_site.addresses import walk
from herne_strategy.static_site.application import Answer, Application
from herne_strategy.static_site.headers import Headers
from herne_strategy.static_site.stored_files import StoredFiles
from herne_strategy.static_site.switch import switch
from strategy.editions.library import Shown
from strategy.editions.models import Publication, PublicState


class Outdated(Exception):
    """The public state has changed since."""


@dataclass
class Filled:
    """What became of the addresses of a public state. `refused` says why some stay with the application."""

    written: int
    unchanged: int
    refused: dict[str, str]


def fill(application: Application, headers: Headers, shown: Shown) -> Filled:
    """Fill the folder of this state, and let nginx fall back on it. Outdated where the state changes meanwhile: what
    has been written until then is right, and what was rendered last is thrown away."""
    folder = site_folder.sets() / site_folder.state_name(shown)
    remove_others(folder)
    before = site_folder.set_at(site_folder.LAST)
    files = StoredFiles(folder / headers.digest, before / headers.digest if before else None)
    _note_publication(folder)
    _refuse_outdated(shown)
    switch(shown)
    refused: dict[str, str] = {}
    for address, answer in walk(application.ask):
        if not is_public(answer):
            continue
        if deviation := headers.deviation(address, answer):
            refused[address] = deviation
            continue
        _refuse_outdated(shown)
        files.keep(address, answer)
    error_pages.write(headers)
    os.sync()  # a folder that is called complete is so after a power failure too
    site_folder.point(site_folder.LAST, folder.name)
    remove_others(folder)
    return Filled(files.written, files.unchanged, refused)


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


def remove_others(folder: Path) -> None:
    """Keep this folder and the two that nginx reads."""
    kept = {folder, site_folder.set_at(site_folder.CURRENT), site_folder.set_at(site_folder.LAST)}
    for each in site_folder.all_sets():
        if each not in kept:
            site_folder.remove(each)


def _note_publication(folder: Path) -> None:
    last = Publication.objects.filter(taken_back_at=None).first()
    (folder / "publication").write_text(str(last.pk) if last else "")


def _refuse_outdated(shown: Shown) -> None:
    revision = PublicState.objects.filter(pk=1).values_list("revision", flat=True).first() or 0
    if (revision, timezone.localdate()) != shown.stamp:
        raise Outdated
