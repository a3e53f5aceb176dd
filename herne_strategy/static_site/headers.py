"""The headers that nginx sends with a file: those of the application's own answers.

nginx reads them from files that `manage.py write_nginx` makes of these answers. Their digest is a part of the path
that nginx reads pages from: one that still has the headers of an earlier program finds no pages of this one. And
an answer whose headers are not those that nginx would send is not written at all.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from herne_strategy.static_site.addresses import OF_AN_EDITION
from herne_strategy.static_site.application import Answer, Application, Failed
from strategy.pages.page_cache import LAST_KNOWN

TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "json": "application/json",
}
DISPOSITIONS = {"pdf": "inline", "zip": "attachment", "json": "attachment"}
SAMPLE = "/robots.txt"
# Set by nginx itself, of the file that it sends.
OF_THE_FILE = {"Content-Length", "Content-Encoding", "ETag", "Last-Modified", "Vary"}
OF_THE_ADDRESS = {"Content-Type", "Content-Disposition", "X-Robots-Tag"}


@dataclass(frozen=True)
class Headers:
    """What all public pages of this program have in common, by name."""

    common: Mapping[str, str]

    @classmethod
    def of(cls, application: Application) -> "Headers":
        """As the application sends them now; Failed where it answers as long as something is missing."""
        answer = application.ask(SAMPLE)
        sent = normal(answer.headers)
        if answer.status != 200 or LAST_KNOWN in sent or sent.get("Cache-Control") != "no-cache":
            raise Failed(f"{SAMPLE}: {answer.status} {sent}")
        return cls({name: value for name, value in sent.items() if name not in OF_THE_ADDRESS})

    @cached_property
    def digest(self) -> str:
        """A name for all that nginx has to know of them."""
        return hashlib.sha256(self.for_files.encode()).hexdigest()[:12]

    @property
    def for_pages(self) -> str:
        """What nginx reads in the locations of pages."""
        return self._lines(line("X-Robots-Tag", "$site_robots"))

    @property
    def for_files(self) -> str:
        """What it reads in those of files with a download name, which takes some calls of the system to find."""
        named = line("Content-Disposition", "$site_disposition")
        return self._lines(line("X-Robots-Tag", "$site_file_robots"), named)

    def _lines(self, *of_the_address: str) -> str:
        types = "".join(f'    "{value}" {ending};\n' for ending, value in TYPES.items())
        common = (line(name, value) for name, value in self.common.items())
        return f"types {{\n{types}}}\n{''.join([*common, *of_the_address])}"

    def expected(self, address: str, file_name: str) -> dict[str, str]:
        """What nginx sends with the file of this address."""
        ending = ending_of(address)
        headers = {**self.common, "Content-Type": TYPES.get(ending, "")}
        if OF_AN_EDITION.match(address):
            headers["X-Robots-Tag"] = "noindex"
        if ending in DISPOSITIONS:
            headers["Content-Disposition"] = f'{DISPOSITIONS[ending]}; filename="{file_name}"'
        return headers

    def deviation(self, address: str, answer: Answer) -> str:
        """The names of headers in which the application's answer is another than nginx's would be."""
        sent, expected = normal(answer.headers), self.expected(address, answer.file_name)
        names = sent.keys() | expected.keys()
        return ", ".join(sorted(name for name in names if sent.get(name) != expected.get(name)))


def ending_of(address: str) -> str:
    """The ending of the file of this address, after its dot."""
    return "html" if address.endswith("/") else address.rpartition(".")[2]


def normal(headers: Mapping[str, str]) -> dict[str, str]:
    """Without what nginx sets, and in an order that is the same in every process."""
    kept = {name: value for name, value in sorted(headers.items()) if name not in OF_THE_FILE}
    if policy := kept.get("Content-Security-Policy"):
        kept["Content-Security-Policy"] = "; ".join(sorted(policy.split("; ")))
    return kept


def line(name: str, value: str) -> str:
    """A line of nginx that sends a header, with errors too."""
    if re.search(r'["\\\n]', value):
        raise ValueError(f"nginx cannot send this value of {name}: {value}")
    return f'add_header {name} "{value}" always;\n'
