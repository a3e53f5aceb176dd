"""Turns plain data into a PDF, in a process of its own: `python -m printing.pdf.compile TEMPLATE TARGET MEMORY < DATA`.

Knows nothing of Django. Bounded in time and memory, so that no text can hurt the machine that serves the portal.
Exit status 2 and the reason on stderr where the data cannot be set.
"""

import os
import resource
import sys
from pathlib import Path

import fontpkg_fira_sans
import typst

FOLDER = Path(__file__).parent
FONTS = Path(fontpkg_fira_sans.__file__).parent / "files"
CPU_SECONDS = 120


def main(template: str, target: str, memory: str) -> None:
    """Set the data on stdin with this template into the file `target`; `memory` is its limit in bytes."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    os.nice(10)
    try:
        typst.compile(
            FOLDER / f"{template}.typ",
            output=Path(target),
            root=FOLDER,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": sys.stdin.buffer.read().decode()},
            format="pdf",
            pdf_standards=["ua-1", "a-2a"],
        )
    except typst.TypstError as error:
        sys.stderr.write("\n".join([error.message, *error.hints, error.diagnostic]))
        sys.exit(2)


if __name__ == "__main__":
    main(*sys.argv[1:])
