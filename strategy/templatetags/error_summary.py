"""The summary of what is wrong with a form."""

from collections.abc import Iterable
from typing import Any

from django import forms, template

from strategy.forms.mistakes import mistakes_of

register = template.Library()


@register.inclusion_tag("strategy/error_summary.html")
def error_summary(form: forms.BaseForm, formsets: Iterable[Any] = ()) -> dict[str, Any]:
    """All mistakes of a form that was sent, with links to its fields; nothing where there are none."""
    return {"mistakes": list(mistakes_of(form, formsets)) if form.is_bound else []}
