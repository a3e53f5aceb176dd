"""What somebody sends to a meeting that was closed or dropped meanwhile: nothing changes, and nothing typed is lost."""

import re
from collections.abc import Iterator

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.meetings.models import AgendaItem, Choice, Meeting

REASON = re.compile(r"\A([0-9]{1,15})-reason\Z")
SAID = {"body": _("group"), "present": _("members present"), "note": _("what else was recorded")}


def too_late(request: HttpRequest, meeting: Meeting | None) -> HttpResponse:
    """Why, and all that was typed, to be copied. `meeting` is None where it was dropped."""
    context = {
        **admin.site.each_context(request),
        "title": gettext("This meeting is closed already")
        if meeting
        else gettext("This meeting was dropped"),
        "meeting": meeting,
        "typed": list(_typed(request, meeting)),
    }
    return render(request, "editing/too_late.html", context, status=409)


def _typed(request: HttpRequest, meeting: Meeting | None) -> Iterator[tuple[str, str]]:
    items = {item.pk: item for item in meeting.items.all()} if meeting else {}
    sent: dict[str, str] = request.POST.dict()
    for name, value in sent.items():
        found = REASON.match(name)
        if found and value:
            item: AgendaItem | None = items.get(int(found[1]))
            choice = sent.get(f"{found[1]}-choice", "")
            label = str(Choice(choice).label) if choice in Choice else gettext("why it is deferred")
            yield f"{item}: {label}" if item else label, value
        elif name in SAID and value:
            yield capfirst(str(SAID[name])), value
