"""Cards and drawings of themes, for templates."""

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from strategy.document.document import Entry
from themes import cards

register = template.Library()


@register.simple_tag
def theme_icon(theme: Entry) -> SafeString:
    """The theme's line drawing."""
    return cards.icon(theme)


@register.simple_tag
def theme_cards(base: str, themes: Iterable[Entry], with_states: bool) -> SafeString:
    """A card for each theme."""
    return cards.cards(base, themes, with_states=with_states)
