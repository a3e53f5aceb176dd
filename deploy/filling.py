"""Fills in the files of deploy/: each @NAME@ by the value that NAME has, for this machine or by deploy/values.env.

`python3 -m deploy.filling FOLDER [NAME=VALUE …]` writes them all below FOLDER. Needs nothing but Python.
"""

import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

DEPLOY = Path(__file__).resolve().parent
PARTS = ("systemd", "nginx", "logrotate")  # the folders whose files are filled in
PLACEHOLDER = re.compile(r"@([A-Z][A-Z0-9_]*)@")
LINE = re.compile(r"([A-Z][A-Z0-9_]*)=(.*)")


class UnknownName(Exception):
    """A name that no value is known for, or a value that no file asks for; said in a sentence."""


def defaults() -> dict[str, str]:
    """The values of a usual machine (deploy/values.env)."""
    return read_values((DEPLOY / "values.env").read_text())


def read_values(text: str) -> dict[str, str]:
    """What NAME=VALUE lines say, as in an EnvironmentFile of systemd; a value may stand in double quotes."""
    lines = (LINE.fullmatch(line.strip()) for line in text.splitlines())
    return {line[1]: line[2].removeprefix('"').removesuffix('"') for line in lines if line}


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with a value for each name."""
    if unknown := sorted(set(PLACEHOLDER.findall(text)) - set(values)):
        raise UnknownName(f"Für @{'@, @'.join(unknown)}@ ist kein Wert bekannt (deploy/values.env).")
    return PLACEHOLDER.sub(lambda name: values[name[1]], text)


def fill(target: Path, changed: Mapping[str, str]) -> Iterator[Path]:
    """Write the files of deploy/ below `target`, with these values instead of the usual ones; gives their paths."""
    values = defaults()
    if unknown := sorted(set(changed) - set(values)):
        raise UnknownName(f"{', '.join(unknown)} kommt in deploy/values.env nicht vor.")
    for part in PARTS:
        for source in sorted((DEPLOY / part).rglob("*")):
            if source.is_file():
                path = target / source.relative_to(DEPLOY)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(filled(source.read_text(), {**values, **changed}))
                shutil.copymode(source, path)
                yield path


def main(target: str, *assignments: str) -> int:
    """Fill in for this machine; 1 with a sentence where a name or value is wrong."""
    pairs = [LINE.fullmatch(each) for each in assignments]
    try:
        if not all(pairs):
            raise UnknownName("Werte werden als NAME=WERT angegeben.")
        for path in fill(Path(target), {pair[1]: pair[2] for pair in pairs if pair}):
            sys.stdout.write(f"{path}\n")
    except UnknownName as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
