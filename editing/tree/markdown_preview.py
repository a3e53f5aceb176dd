"""What a text will look like, for the button beside it; and how it looks to the public, where that is otherwise."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from editing.access import needs
from strategy.document.changes import entry_fields
from strategy.editions.library import library
from strategy.text.markdown import TEXT_RULE, to_html
from strategy.text.rules import MAX_LENGTH


@require_POST
@needs("strategy.view_node")
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of a Markdown text, as the public pages would show it from the next edition on."""
    text = request.POST.get("text", "")[:MAX_LENGTH]
    context = {"now": to_html(text), "before": _public_look(text)}
    return render(request, "editing/markdown_preview.html", context)


def _public_look(text: str) -> str:
    """How the public edition shows this text, where it says it and reads it by a rule of its own; "" otherwise."""
    shown = library.shown().frozen
    if shown is None or shown.text_rule == TEXT_RULE:
        return ""
    look = to_html(text, shown.text_rule)
    is_said = any(text in entry_fields(entry).values() for entry in shown.by_uid.values())
    return look if is_said and look != to_html(text) else ""
