"""Our catalogue is asked before those of Django and allauth: a message of ours that is written like one of theirs
changes their pages too."""

from importlib.util import find_spec
from pathlib import Path

import polib
from django.conf import settings

from strategy.forms.django_words import SAID_OTHERWISE

MEANT = {
    # in “Sie”, and in the words of the portal
    "You must type the same password each time.",
    "Recovery codes",
    "Passwordless",
    "Enabling passwordless operation allows you to sign in using just this key, but imposes additional requirements "
    "such as biometrics or PIN protection.",
    "Remove",
    "Continue",
    "Administration",
    "History",
    "Filter",
    "Show all",
    "Save",
    "Search",
    "Sessions",
    "key",  # of a department; of theirs no page shows any
    *SAID_OTHERWISE,
}


def test_no_message_changes_a_word_of_a_package_by_accident() -> None:
    ours = {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(settings.BASE_DIR / "locale/de/LC_MESSAGES/django.po"))
    }

    changed = {
        entry.msgid
        for catalogue in _catalogues("django", "allauth", "treebeard")
        for entry in polib.pofile(str(catalogue))
        if entry.msgid in ours and not entry.msgctxt and entry.msgstr not in ("", ours[entry.msgid])
    }

    assert changed == MEANT


def _catalogues(*packages: str) -> list[Path]:
    """The German messages of the installed packages."""
    folders = [Path(str(spec.origin)).parent for name in packages if (spec := find_spec(name))]
    return [path for folder in folders for path in folder.rglob("locale/de/LC_MESSAGES/django.po")]
