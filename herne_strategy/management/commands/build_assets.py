"""Make what is not kept in the repository: the small web fonts and the compiled translations."""

from pathlib import Path
from typing import Any

import fontpkg_fira_sans
import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from fontTools import subset

FONTS = {"fira-sans-regular": "FiraSans-Regular", "fira-sans-semibold": "FiraSans-SemiBold"}
# Latin with all European accents, typography, ₂, arrows, and a few signs.
UNICODES = (
    "20-7E,A0-17F,218-21B,1E9E,2010-2015,2018-201E,"
    "2020-2022,2026,2030,2039,203A,2082,20AC,2190-2193,2212,2260,2264,2265"
)


class Command(BaseCommand):
    help = (
        "Run after installing or updating: makes the web fonts (in DATA_DIR) and compiles the translations."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = [*self._fonts(), *self._translations()]
        self.stdout.write(f"{len(made)} made: {', '.join(made)}" if made else "Nothing to make.")

    def _fonts(self) -> list[str]:
        source = Path(fontpkg_fira_sans.__file__).parent
        target = settings.DATA_DIR / "assets" / "fonts"
        target.mkdir(parents=True, exist_ok=True)
        (target / "OFL.txt").write_bytes((source / "LICENSE").read_bytes())
        made = []
        for name, face in FONTS.items():
            path = target / f"{name}.woff2"
            if not path.exists():
                _subset(source / "files" / f"{face}.ttf", path)
                made.append(path.name)
        return made

    def _translations(self) -> list[str]:
        made = []
        for source in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
                polib.pofile(str(source)).save_as_mofile(str(target))
                made.append(target.relative_to(settings.BASE_DIR).as_posix())
        return made


def _subset(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern", "tnum", "locl"])
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
