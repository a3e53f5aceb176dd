"""Make what is not kept in the repository: the small web fonts and the compiled translations."""

import hashlib
from pathlib import Path
from typing import Any

import fontpkg_fira_sans
import fontTools
import polib
from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation.reloader import translation_file_changed
from fontTools import subset

FONTS = {"fira-sans-regular": "FiraSans-Regular", "fira-sans-semibold": "FiraSans-SemiBold"}
# Latin with all European accents, typography, ₂, arrows, and a few signs.
UNICODES = (
    "20-7E,A0-17F,218-21B,1E9E,2010-2015,2018-201E,"
    "2020-2022,2026,2030,2039,203A,2082,20AC,2190-2193,2212,2260,2264,2265"
)
FEATURES = ["kern", "tnum", "locl"]


class Command(BaseCommand):
    help = (
        "Run after installing or updating: makes the web fonts (in DATA_DIR) and compiles the translations."
    )
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        made = [*self._fonts(), *self._translations()]
        self.stdout.write(f"Hergestellt: {', '.join(made)}" if made else "Alles ist auf dem neuesten Stand.")

    def _fonts(self) -> list[str]:
        source = Path(fontpkg_fira_sans.__file__).parent
        target = settings.DATA_DIR / "assets" / "fonts"
        target.mkdir(parents=True, exist_ok=True)
        (target / "OFL.txt").write_bytes((source / "LICENSE").read_bytes())
        faces = {target / f"{name}.woff2": source / "files" / f"{face}.ttf" for name, face in FONTS.items()}
        stamp = settings.DATA_DIR / "fonts.sha256"
        made_of = _digest(*(face.read_bytes() for face in faces.values()))
        if stamp.exists() and stamp.read_text() == made_of and all(path.exists() for path in faces):
            return []
        for path, face in faces.items():
            _subset(face, path)
        stamp.write_text(made_of)
        return [path.name for path in faces]

    def _translations(self) -> list[str]:
        made = []
        for source in settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po"):
            target = source.with_suffix(".mo")
            compiled = polib.pofile(str(source)).to_binary()
            if not target.exists() or target.read_bytes() != compiled:
                target.write_bytes(compiled)
                translation_file_changed(None, target)  # Django may have read what was there before
                made.append(target.relative_to(settings.BASE_DIR).as_posix())
        return made


def _digest(*sources: bytes) -> str:
    """Of all that the small fonts depend on."""
    settings_used = f"{UNICODES} {FEATURES} {fontTools.version}".encode()
    return hashlib.sha256(b"".join([settings_used, *sources])).hexdigest()


def _subset(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=FEATURES)
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=subset.parse_unicodes(UNICODES))
    subsetter.subset(font)
    subset.save_font(font, str(target), options)
