"""What a text will look like, for the button beside it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from editing.access import needs
from strategy.templatetags.strategy import prose
from strategy.text.markdown import to_html
from strategy.text.rules import MAX_LENGTH


@require_POST
@needs("strategy.view_node")
def preview(request: HttpRequest) -> HttpResponse:
    """The HTML of a Markdown text, as the public pages would show it."""
    return HttpResponse(prose(to_html(request.POST.get("text", "")[:MAX_LENGTH])))
