"""All public pages as a folder that any web server, or none, can show: links lead from file to file."""

import os
import re
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from herne_strategy.static_site.addresses import walk
from herne_strategy.static_site.application import Answer, Application
from herne_strategy.static_site.filling import is_public
from herne_strategy.static_site.site_folder import make_folder
from printing.pdf import store
from strategy.editions.library import library

MARK = ".nachhaltigkeitsstrategie"  # says that a folder is an export, which the next one may replace
_LINK = re.compile(r'\b(href|src|action)="(/[^"]*)"')
_STATIC = re.compile(r'"(/static/[^"?#]+)"')
_URL_IN_CSS = re.compile(r"url\([\"']?([^\"')]+?)[\"']?\)")


class NotOurs(Exception):
    """The folder holds something else than an export."""


@dataclass
class Export:
    """The pages, files and static files of one export."""

    folder: Path
    addresses: set[str] = field(default_factory=set)
    unfinished: set[str] = field(default_factory=set)

    def write(self, application: Application) -> None:
        """Write everything into the folder, which is empty."""
        for address, answer in walk(lambda address: self._ask(application, address), is_whole=True):
            if is_public(answer):
                self._keep(address, answer)
        for address in sorted(self._static_addresses()):
            self._write_static(application, address)
        for address in self.addresses:
            if address.endswith("/"):
                self._lead_to_files(address)

    def _ask(self, application: Application, address: str) -> Answer:
        with store.only_finished() as unfinished:
            answer = application.ask(address)
        if unfinished:
            self.unfinished.add(address)
        return answer

    def _keep(self, address: str, answer: Answer) -> None:
        path = self._path(address)
        make_folder(path.parent)
        path.write_bytes(answer.body)
        self.addresses.add(address)

    def _static_addresses(self) -> set[str]:
        pages = (self._path(address) for address in self.addresses if address.endswith("/"))
        return {address for page in pages for address in _STATIC.findall(page.read_text())}

    def _write_static(self, application: Application, address: str) -> None:
        """A static file, and those that a stylesheet names."""
        if address in self.addresses:
            return
        answer = application.ask(address)
        if answer.status != 200:
            return
        self._keep(address, answer)
        if address.endswith(".css"):
            for link in _URL_IN_CSS.findall(answer.body.decode()):
                if not link.startswith(("data:", "http")):
                    self._write_static(
                        application, os.path.normpath(os.path.join(os.path.dirname(address), link))
                    )

    def _lead_to_files(self, address: str) -> None:
        path = self._path(address)
        path.write_text(_LINK.sub(lambda link: f'{link[1]}="{self._led(address, link)}"', path.read_text()))

    def _led(self, address: str, link: re.Match[str]) -> str:
        """Forms ask the portal: a folder has no answer to what somebody chooses in them."""
        return f"{settings.PUBLIC_URL}{link[2]}" if link[1] == "action" else self._link(address, link[2])

    def _link(self, address: str, link: str) -> str:
        """From the page of this address: to the file where it is in the export, else to the portal."""
        target, hash_, fragment = link.partition("#")
        if target not in self.addresses:
            return f"{settings.PUBLIC_URL}{link}"
        relative = os.path.relpath(self._path(target), self._path(address).parent)
        return f"{relative}{hash_}{fragment}"

    def _path(self, address: str) -> Path:
        return self.folder / address[1:] / ("index.html" if address.endswith("/") else "")


def export(target: Path) -> Export:
    """Make or replace the export in this folder. Until it is whole, an earlier one stays."""
    if target.exists() and any(target.iterdir()) and not (target / MARK).exists():
        raise NotOurs(str(target))
    target.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        made.chmod(0o755)
        (made / MARK).write_text(f"{settings.PUBLIC_URL} {library.shown().stamp}\n")
        result = Export(made)
        result.write(Application())
        if target.exists():
            shutil.rmtree(target)
        os.replace(made, target)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    result.folder = target
    return result
