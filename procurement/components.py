"""What comes with the portal: the locked packages that it runs with, and what these have within them."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

from procurement import licences

_REQUIREMENT = re.compile(r"^(?P<text>[^\s#].*?) ?\\$")
_HASH = re.compile(r"--hash=sha256:(?P<hash>[0-9a-f]{64})")
_VIA = re.compile(r"^ +# {1,3}(?:via )?(?P<name>[^\s(]+)(?: \(pyproject\.toml\))?$")


class Missing(Exception):
    """The folder cannot be written; the sentence says what is missing and what to do."""


@dataclass(frozen=True)
class Locked:
    """A package as the lock file has it. `via`: the packages that need it, and the project for what it asks for."""

    requirement: Requirement
    hashes: tuple[str, ...]
    via: tuple[str, ...]

    @property
    def name(self) -> str:
        """As the package index spells it."""
        return self.requirement.name

    @property
    def version(self) -> str:
        """The only one that pip takes."""
        return str(self.requirement.specifier).removeprefix("==")

    @property
    def is_for_this_machine(self) -> bool:
        """False for what only Windows, or another Python, needs."""
        return self.requirement.marker is None or self.requirement.marker.evaluate()


@dataclass(frozen=True)
class Component:
    """Something that comes with the portal. `within` names the package that has it in its files."""

    name: str
    version: str
    licence: str
    purl: str
    summary: str = ""
    within: str = ""
    hashes: tuple[str, ...] = ()
    via: tuple[str, ...] = ()


@dataclass(frozen=True)
class Carried:
    """What the files of a package hold of others, without saying so in a form for machines. `version` is looked for in
    the file's name and its content."""

    name: str
    licence: str
    file: str
    version: str


# Bill of materials by hand, where the package has none of its own.
CARRIED = {
    "django": [
        Carried("jquery", "MIT", "*/vendor/jquery/jquery.js", r"jQuery JavaScript Library v([\d.]+)"),
        Carried("select2", "MIT", "*/vendor/select2/select2.full.js", r"Select2 ([\d.]+)"),
        Carried("xregexp", "MIT", "*/vendor/xregexp/xregexp.js", r"XRegExp\.version = '([\d.]+)'"),
    ],
    "django-allauth": [Carried("webauthn-json", "MIT", "*/js/webauthn-json.js", "")],
    "psycopg-binary": [
        Carried("libpq", "PostgreSQL", "*.libs/libpq-*", r"\.so\.5\.(\d+)"),
        Carried("openssl", "Apache-2.0", "*.libs/libcrypto-*", r"OpenSSL (\d+\.\d+\.\d+)"),
        Carried("krb5", "MIT", "*.libs/libkrb5-*", r"krb5-([\d.]+)-final"),
        Carried("openldap", "OLDAP-2.8", "*.libs/libldap-*", ""),
        Carried("libcrypt", "LGPL-2.1-or-later", "*.libs/libcrypt-*", ""),
    ],
}
# What a package's own list names without a licence.
LICENCES_OF_CARRIED = {
    "cyrus-sasl-lib": "BSD-Attribution-HPND-disclaimer",
    "keyutils-libs": "LGPL-2.1-or-later",
    "libcom_err": "MIT",
    "openssl": "Apache-2.0",
}


def locked(path: Path) -> list[Locked]:
    """The packages of a lock file with hashes, such as `pip-compile --generate-hashes` writes it."""
    found: list[tuple[Requirement, list[str], list[str]]] = []
    for line in path.read_text().splitlines():
        if begins := _REQUIREMENT.match(line):
            found.append((Requirement(begins["text"]), [], []))
        elif has_hash := _HASH.search(line):
            found[-1][1].append(has_hash["hash"])
        elif (names := _VIA.match(line)) and names["name"] != "via":
            found[-1][2].append(names["name"])
    return [Locked(requirement, tuple(hashes), tuple(via)) for requirement, hashes, via in found]


def components(path: Path) -> list[Component]:
    """Everything of a lock file that is on this machine, with what it has within it, and the licence of each."""
    found = [each for package in locked(path) if package.is_for_this_machine for each in _of(package)]
    if unclear := [each for each in found if not licences.why_allowed(each.licence)]:
        named = "; ".join(
            f"{each.name} {each.version} ({each.licence or 'no licence stated'})" for each in unclear
        )
        raise Missing(
            f"Not known whether these may come with the portal: {named}. "
            "Read their licence files and say so in procurement/licences.py."
        )
    return sorted(
        found, key=lambda each: (each.within or each.name, bool(each.within), each.name, each.version)
    )


def _of(package: Locked) -> Iterator[Component]:
    installed = _installed(package)
    yield Component(
        package.name,
        package.version,
        licences.READ_IN_ITS_FILE.get(package.name) or licences.declared(installed.metadata),
        f"pkg:pypi/{package.name}@{package.version}",
        summary=licences.field(installed.metadata, "Summary"),
        hashes=package.hashes,
        via=package.via,
    )
    by_purl = {each.purl: each for each in [*_listed(package, installed), *_carried(package, installed)]}
    yield from by_purl.values()


def _installed(package: Locked) -> Distribution:
    try:
        installed = distribution(package.name)
    except PackageNotFoundError:
        installed = None
    if installed and installed.version == package.version:
        return installed
    raise Missing(f"{package.name} {package.version} is locked but not installed here. Run “make test” once.")


def _listed(package: Locked, installed: Distribution) -> Iterator[Component]:
    """What the package's own lists name (PEP 770), without what was only used to build it."""
    for file in installed.files or []:
        if file.parent.name == "sboms" and file.suffix == ".json":
            for each in json.loads(file.read_text())["components"]:
                is_itself = each["name"].replace("_", "-") == package.name
                if each.get("scope") != "excluded" and not is_itself:
                    yield _listed_component(package, each)


def _listed_component(package: Locked, listed: dict) -> Component:
    stated = [each.get("expression") or each["license"].get("id", "") for each in listed.get("licenses", [])]
    return Component(
        listed["name"],
        listed.get("version", ""),
        " AND ".join(filter(None, stated)) or LICENCES_OF_CARRIED.get(listed["name"], ""),
        listed["purl"].partition("?")[0],  # without where it was built
        summary=listed.get("description", "").strip(),
        within=package.name,
    )


def _carried(package: Locked, installed: Distribution) -> Iterator[Component]:
    for carried in CARRIED.get(package.name, []):
        for file in installed.files or []:
            if file.match(carried.file):
                text = f"{file}\n{Path(str(file.locate())).read_bytes().decode('latin-1')}"
                found = re.search(carried.version, text) if carried.version else None
                version = found[1] if found else ""
                purl = f"pkg:generic/{carried.name}" + (f"@{version}" if version else "")
                yield Component(carried.name, version, carried.licence, purl, within=package.name)
