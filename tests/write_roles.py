"""Writes docs/rollen.md: who may do what, as the tests ask it. Run as `python -m tests.write_roles`."""

import os
from pathlib import Path

import django


def main() -> None:
    from tests.role_matrix.page import rendered

    target = Path(__file__).resolve().parents[1] / "docs" / "rollen.md"
    target.write_text(rendered())


if __name__ == "__main__":
    os.environ.setdefault("DEMO", "1")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    main()
