"""Reads a systemd unit, with the drop-ins for its prefix, as far as running what it starts needs."""

import re
import shlex
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from deploy.filling import read_values


@dataclass(frozen=True)
class Unit:
    """A unit's settings by section and name; each has all values that it is given, in order."""

    settings: dict[tuple[str, str], list[str]]
    instance: str = ""

    @classmethod
    def read(cls, path: Path, instance: str = "") -> "Unit":
        """The unit in this file. `instance` is what stands behind the @ of its name."""
        settings: dict[tuple[str, str], list[str]] = defaultdict(list)
        prefix = path.name.partition("-")[0]
        for file in (path, *sorted(path.parent.glob(f"{prefix}-.service.d/*.conf"))):
            _read_into(settings, file.read_text())
        return cls(dict(settings), instance)

    def values(self, name: str, section: str = "Service") -> list[str]:
        """All values of a setting, with the instance filled in."""
        return [value.replace("%i", self.instance) for value in self.settings.get((section, name), [])]

    def value(self, name: str, default: str = "") -> str:
        """A service's setting that has one value: the last that it is given."""
        return (self.values(name) or [default])[-1]

    def environment(self) -> dict[str, str]:
        """The variables that systemd would give to what it starts; those of files come last."""
        found: dict[str, str] = {}
        for line in self.values("Environment"):
            found |= read_values("\n".join(shlex.split(line)))
        for path in self.values("EnvironmentFile"):
            found |= read_values(Path(path).read_text())
        return found

    def commands(self) -> list[list[str]]:
        """What ExecStart runs, word by word, one command after the other."""
        return [shlex.split(line) for line in self.values("ExecStart")]


def _read_into(settings: dict[tuple[str, str], list[str]], text: str) -> None:
    section = ""
    for line in re.sub(r"\\\n", " ", text).splitlines():
        if heading := re.fullmatch(r"\[(\w+)\]", line.strip()):
            section = heading[1]
        elif line.strip() and line[0] not in "#;":
            name, _equals, value = line.partition("=")
            settings[section, name.strip()].append(value.strip())
