"""What forms need: a token where they make something, groups that fold."""

import uuid
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from strategy.forms import field_groups
from strategy.forms.once import FIELD, token_of

register = template.Library()


@register.simple_tag(takes_context=True)
def sent_once(context: Any) -> SafeString:
    """The one-time token of a form. A form that is shown again, since something was wrong, keeps its own."""
    return format_html(
        '<input type="hidden" name="{}" value="{}">', FIELD, token_of(context["request"]) or uuid.uuid4()
    )


@register.simple_tag
def sent_anew() -> SafeString:
    """A token of its own for a form that is to be sent once more on purpose."""
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, uuid.uuid4())


@register.filter
def folding(group: Any) -> field_groups.Folding | None:
    """How a group of fields is folded; None where it never is."""
    return field_groups.folding(group)


@register.simple_tag(takes_context=True)
def stored_name(context: Any) -> str:
    """What the form of the admin changes, by its name as it is stored: a refused form has put what was typed there."""
    row, adminform = context["original"], context["adminform"]
    if not adminform.form.is_bound:
        return str(row)
    return str(adminform.model_admin.get_queryset(context["request"]).filter(pk=row.pk).first() or row)
