"""Going through the agenda of a meeting: what has changed in each entry, and what is to become of it."""

from dataclasses import dataclass
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed, require
from editing.meetings import meeting_actions
from editing.meetings.agenda import AgendaFilter
from editing.meetings.choice_forms import ChoiceForm, Line, choice_form, is_stale
from editing.meetings.closed_page import closed_meeting
from editing.meetings.meeting_actions import AGREE, Chosen, Noted
from editing.meetings.models import AgendaItem, Choice, Meeting
from editing.meetings.too_late import too_late
from editing.rights import node_rights
from editing.tree.presented import Presented, presented
from editing.tree.sized_pages import SizedPaginator
from strategy.editions.cited_codes import cited_rows
from strategy.forms.pasted_texts import CLEAN
from strategy.history.models import marks_of
from strategy.people import AnyUser, acting_user
from strategy.tree.models import Node
from strategy.tree.paths import root_path
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

LINE = 1_300  # bytes of an entry on the page beside what it says, about
REST = "rest"
SHOWN = 400  # rows of the list of what could be put on the agenda


@dataclass(frozen=True)
class Agenda:
    """The items of a meeting that goes on, in the order of the tree, with what their entries say now."""

    items: list[AgendaItem]
    rows: dict[str, TreeRow]
    marks: dict[str, str]
    entries: dict[str, Presented]
    themes: dict[str, str]

    @classmethod
    def of(cls, meeting: Meeting) -> "Agenda":
        """A fixed number of queries."""
        items = list(meeting.items.all())
        uids = {str(item.uid) for item in items}
        tree = cited_rows()
        place = {row.uid: number for number, row in enumerate(tree)}
        items.sort(key=lambda item: (place.get(str(item.uid), len(place)), item.pk))
        nodes = [node for node in Node.objects.all() if str(node.uid) in uids]
        roots = {row.path: row.name for row in tree if row.depth == 1}
        rows = {row.uid: row for row in tree if row.uid in uids}
        themes = {uid: roots.get(root_path(row.path), "") for uid, row in rows.items()}
        return cls(items, rows, marks_of(nodes), presented(uids), themes)

    @property
    def pages(self) -> SizedPaginator:
        """The items in pages that are not too long."""
        return SizedPaginator(self.items, lambda item: LINE + self._weight(item))

    def _weight(self, item: AgendaItem) -> int:
        entry = self.entries.get(str(item.uid))
        return entry.weight if entry else 0

    def mark(self, item: AgendaItem) -> str:
        """That of the entry as it is now; "" where it was deleted."""
        return self.marks.get(str(item.uid), "")

    def is_open(self, item: AgendaItem) -> bool:
        """Whether it is still to be chosen what becomes of it."""
        row = self.rows.get(str(item.uid))
        if row is None or row.review == Review.AGREED:
            return False
        return not item.choice or is_stale(item, self.mark(item))

    @property
    def open_count(self) -> int:
        """How many of them."""
        return sum(self.is_open(item) for item in self.items)

    def first_open_page(self) -> int | None:
        """The first page with something still open; None where nothing is."""
        pages = enumerate(self.pages.pages, start=1)
        return next((number for number, page in pages if any(map(self.is_open, page))), None)


@needs("strategy.view_node")
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """The agenda by GET; noting choices by POST. The outcome where the meeting is closed."""
    there = Meeting.objects.filter(pk=pk).first()
    if request.method == "POST":
        require(request.user.has_perm(AGREE))
        if there is None or there.is_closed:
            return too_late(request, there)
    if there is None:
        raise Http404
    if there.is_closed:
        return closed_meeting(request, there)
    agenda = Agenda.of(there)
    pages = agenda.pages
    page = pages.get_page(request.GET.get("seite"))
    button = pressed(request, "speichern", REST, CLEAN)
    data = request.POST if button else None
    forms = {item: choice_form(item, agenda.mark(item), data) for item in page if _is_sent(item, data)}
    if button and all(form.is_valid() for form in forms.values()) and button != CLEAN:
        try:
            noted = meeting_actions.note(
                there, _choices(forms, agenda, is_rest=button == REST), by=acting_user(request)
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            _tell(request, noted)
            return redirect(_next(there, page.number, noted))
    context = {
        **admin.site.each_context(request),
        "title": str(there),
        "meeting": there,
        "agenda": agenda,
        "page": page,
        "groups": _groups(request.user, page, agenda, forms),
        "forms": [form for form in forms.values() if form.is_bound and form.errors],
        "may_agree": request.user.has_perm(AGREE),
    }
    return render(request, "editing/meeting.html", context)


def _is_sent(item: AgendaItem, data: Any) -> bool:
    """Whether a form that was sent has this item: somebody else may have put it on the agenda meanwhile."""
    return data is None or f"{item.pk}-opened" in data


def _choices(forms: dict[AgendaItem, ChoiceForm], agenda: Agenda, *, is_rest: bool) -> dict[int, Chosen]:
    """What this person has changed; and, with the button for the rest, what is still open there."""
    choices = {}
    for item, form in forms.items():
        chosen = form.chosen
        if form.is_changed:
            choices[item.pk] = chosen
        elif is_rest and not chosen.choice and agenda.is_open(item):
            choices[item.pk] = Chosen(Choice.AGREED, "", chosen.seen_mark, chosen.stamp)
    return choices


def _tell(request: HttpRequest, noted: Noted) -> None:
    if noted.count:
        message = ngettext("%(n)s entry noted.", "%(n)s entries noted.", noted.count)
        messages.success(request, message % {"n": noted.count})
    if noted.changed:
        message = gettext(
            "Changed since you opened this page, and so not noted as agreed: %(names)s. Please look again."
        )
        messages.warning(request, message % {"names": "; ".join(noted.changed)})
    for item, chosen in noted.contested:
        message = gettext(
            "“%(name)s”: somebody else has noted “%(theirs)s” meanwhile, and that stays. You had chosen “%(mine)s”."
        )
        said = {
            "name": item.name,
            "theirs": _said(item.choice, item.reason),
            "mine": _said(chosen.choice, chosen.reason),
        }
        messages.warning(request, message % said)


def _said(choice: str, reason: str) -> str:
    labels = {"": gettext("still open"), meeting_actions.OFF: gettext("take off the agenda")}
    label = labels.get(choice) or str(Choice(choice).label)
    return f"{label}: {reason}" if reason else label


def _next(meeting: Meeting, number: int, noted: Noted) -> str:
    """Where it goes on: the same page where something is to be looked at again, else what is open, else closing."""
    address = reverse("editing:meeting", args=[meeting.pk])
    if noted.changed or noted.contested:
        return f"{address}?seite={number}"
    agenda = Agenda.of(meeting)
    following = agenda.first_open_page()
    if following is None:
        return reverse("editing:close_meeting", args=[meeting.pk])
    return f"{address}?seite={following}"


def _groups(
    user: AnyUser, page: Any, agenda: Agenda, forms: dict[AgendaItem, ChoiceForm]
) -> list[tuple[str, list[Line]]]:
    """The lines of a page below the names of their themes and chapters."""
    rights = node_rights(user)
    groups: list[tuple[str, list[Line]]] = []
    for item in page:
        uid, mark = str(item.uid), agenda.mark(item)
        row = agenda.rows.get(uid)
        line = Line(
            item,
            row,
            agenda.entries.get(uid),
            forms.get(item) or choice_form(item, mark, None),
            is_stale(item, mark),
            row is not None and (row.review == Review.OPEN or rights.cover(row.path)),
        )
        theme = agenda.themes.get(uid, gettext("Deleted meanwhile"))
        if not groups or groups[-1][0] != theme:
            groups.append((theme, []))
        groups[-1][1].append(line)
    return groups


@needs(AGREE)
def collect(request: HttpRequest, pk: int) -> HttpResponse:
    """Put more on the agenda of a meeting that goes on: what the filter leaves, all of it or what is ticked."""
    there = get_object_or_404(Meeting.objects.going_on(), pk=pk)
    rows = cited_rows()
    form = AgendaFilter(rows, request.GET)
    on_agenda = {str(uid) for uid in there.items.values_list("uid", flat=True)}
    matching = [row for row in form.matches() if row.uid not in on_agenda]
    if button := pressed(request, "alle", "angekreuzt"):
        ticked = set(request.POST.getlist("knoten"))
        wanted = [row for row in matching if button == "alle" or row.uid in ticked]
        count = meeting_actions.collect(there, rows=wanted, by=acting_user(request))
        if count:
            message = ngettext("%(n)s entry put on the agenda.", "%(n)s entries put on the agenda.", count)
            messages.success(request, message % {"n": count})
            return redirect("editing:meeting", pk)
        messages.error(request, gettext("Please tick at least one entry."))
    context = {
        **admin.site.each_context(request),
        "title": _("Put more on the agenda"),
        "meeting": there,
        "form": form,
        "count": len(matching),
        "shown": matching[:SHOWN],
        "are_ticked": request.GET.get("ankreuzen") == "alle",
    }
    return render(request, "editing/collect.html", context)
