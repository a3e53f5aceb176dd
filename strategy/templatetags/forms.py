"""What every form needs that makes something."""

import uuid
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

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
