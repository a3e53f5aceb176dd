"""Licences of what comes with the portal, and whether it may come with a work under the EUPL 1.2.

A licence that is not here is not guessed: `make procurement` ends and names it.
"""

from importlib.metadata import PackageMetadata

from license_expression import (
    OR,
    ExpressionError,
    LicenseExpression,
    LicenseWithExceptionSymbol,
    get_spdx_licensing,
)

# Where a package's metadata says too little: read in the licence file that it comes with.
READ_IN_ITS_FILE = {
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "qrcode": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "sqlparse": "BSD-3-Clause",
}
_BY_CLASSIFIER = {"License :: OSI Approved :: MIT License": "MIT"}

_PERMISSIVE = "Freizügig: darf mit einem Werk unter der EUPL weitergegeben werden; die Hinweise bleiben."
_FREED = "Gemeinfrei gestellt: ohne Bedingungen."
_LIBRARY = (
    "Copyleft der Bibliothek: unverändert und austauschbar eingebunden. In der Anlage zur EUPL genannt."
)
_PER_FILE = "Copyleft je Datei: Das Portal ändert keine davon. In der Anlage zur EUPL genannt."
_FONT = (
    "Schrift: liegt neben dem Programm und behält ihre Lizenz; Dokumente, die sie verwenden, bleiben frei."
)
_TEXTS = "Gilt für Texte der Bibliothek, nicht für Programm; Namensnennung bleibt erhalten."

ALLOWED = {
    "0BSD": _PERMISSIVE,
    "Apache-2.0": _PERMISSIVE,
    "BSD-2-Clause": _PERMISSIVE,
    "BSD-3-Clause": _PERMISSIVE,
    "BSD-Attribution-HPND-disclaimer": _PERMISSIVE,
    "BSL-1.0": _PERMISSIVE,
    "CC-BY-4.0": _TEXTS,
    "CC0-1.0": _FREED,
    "ISC": _PERMISSIVE,
    "LGPL-2.1-or-later": _LIBRARY,
    "LGPL-3.0-only": _LIBRARY,
    "MIT": _PERMISSIVE,
    "MIT-0": _PERMISSIVE,
    "MPL-2.0": _PER_FILE,
    "OFL-1.1": _FONT,
    "OLDAP-2.8": _PERMISSIVE,
    "PSF-2.0": _PERMISSIVE,
    "PostgreSQL": _PERMISSIVE,
    "Unicode-3.0": _PERMISSIVE,
    "Unlicense": _FREED,
    "Zlib": _PERMISSIVE,
}

_spdx = get_spdx_licensing()


def declared(metadata: PackageMetadata) -> str:
    """The SPDX expression that a package's metadata states; nothing where it states none, or not only that."""
    stated = field(metadata, "License-Expression") or field(metadata, "License")
    if is_spdx(stated):
        return str(_spdx.parse(stated))
    classifiers = [each for each in metadata.get_all("Classifier") or [] if each.startswith("License ::")]
    return _BY_CLASSIFIER.get(classifiers[0], "") if len(classifiers) == 1 else ""


def field(metadata: PackageMetadata, name: str) -> str:
    """The first value of a field; nothing where the package doesn't have it."""
    return next(iter(metadata.get_all(name) or []), "")


def is_spdx(text: str) -> bool:
    """Whether this is an expression of licences that SPDX knows."""
    try:
        return _spdx.parse(text, validate=True) is not None
    except ExpressionError:
        return False


def why_allowed(expression: str) -> str:
    """Why something under this licence may come with the portal. Of a choice the first that may counts; nothing where
    it may not, or where the licence isn't known here."""
    return _why(_spdx.parse(expression)) if is_spdx(expression) else ""


def _why(parsed: LicenseExpression) -> str:
    if isinstance(parsed, LicenseWithExceptionSymbol):  # an exception only ever allows more
        return _why(parsed.license_symbol)
    if not parsed.args:
        return ALLOWED.get(str(parsed), "")
    reasons = [_why(each) for each in parsed.args]
    if isinstance(parsed, OR):
        return next(filter(None, reasons), "")
    return " ".join(dict.fromkeys(reasons)) if all(reasons) else ""
