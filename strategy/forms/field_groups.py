"""Groups of fields that fold, in forms of the admin: open where they say something, or something in them is wrong.

They are `details` of the browser: without a script nothing is out of reach.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.utils import flatten
from django.utils.translation import gettext_lazy as _

FOLDS = "collapse"
"""The class of a group that folds. It is the one that Django has for that."""
FOLDED = "folded"
"""The class of a group that is hardly ever needed: it is open only where something in it is wrong."""

KEY_GROUP: Any = (_("Short form in addresses and tables"), {"fields": ["key"], "classes": [FOLDS, FOLDED]})
"""The last group of a row with a key (strategy.forms.concurrent_forms.KeyForm)."""


@dataclass(frozen=True)
class Folding:
    """Whether a group that folds is open at first, and whether nothing is filled in there."""

    is_open: bool
    is_empty: bool


def folding(group: Any) -> Folding | None:
    """How a group, a Fieldset of Django, is folded; None where it never is.

    In the form of something new all are open, to be filled in. What can only be read counts as filled in.
    """
    classes = group.classes.split()
    if not group.name or FOLDS not in classes:
        return None
    form = group.form
    names = flatten(group.fields)
    is_empty = all(name in form.fields and _is_empty(form[name].value()) for name in names)
    if any(name in form.errors for name in names):
        return Folding(is_open=True, is_empty=is_empty)
    is_new = form.instance._state.adding
    return Folding(FOLDED not in classes and (is_new or not is_empty), is_empty)


def _is_empty(value: object) -> bool:
    return value in (None, "", []) or value is False
