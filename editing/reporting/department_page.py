"""A department’s page in a reporting round: all its measures, and what is new on each, or that nothing is."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from editing.access import needs, pressed, require
from editing.reporting.draft_forms import DraftForm, Lost, Row, rows_of, sent_rows, typed_in
from editing.reporting.expected import department_address
from editing.reporting.standing import Asked, Stage, asked_in
from editing.rights import own_departments
from measures.draft_actions import hand_in, save_drafts
from measures.models import Department
from measures.progress import Progress
from measures.reporting import CHANGE, REPORT
from measures.reporting_rounds import ReportingRound
from measures.round_actions import locked_open
from strategy.forms.pasted_texts import CLEAN
from strategy.history.node_lookup import names_of
from strategy.people import AnyUser, acting_user

ON_A_PAGE = 30
SAVE, HAND_IN = "speichern", "abgeben"


class DepartmentPage:
    """The measures of one department (None: those that nobody leads) in a round, as one person may see them."""

    def __init__(self, slug: str, key: str | None, user: AnyUser) -> None:
        self.round = get_object_or_404(ReportingRound, slug=slug)
        self.department = get_object_or_404(Department, key=key) if key else None
        self.user = user
        pk = self.department.pk if self.department else None
        self.may_report = user.has_perm(CHANGE) or (user.has_perm(REPORT) and pk in own_departments(user))
        if not (self.may_report or user.has_perm("measures.view_reportinground")):
            raise PermissionDenied
        self.measures = [each for each in asked_in(self.round) if each.department_id == pk]
        if not self.measures and not self.round.measures.filter(department=self.department).exists():
            raise Http404

    @property
    def address(self) -> str:
        """Where it is."""
        return department_address(self.round, self.department)

    @property
    def name(self) -> str:
        """What the department is called."""
        return self.department.name if self.department else gettext("Without a lead")

    def of_stage(self, *stages: Stage) -> list[Asked]:
        """Those of its measures that are in one of these stages."""
        return [each for each in self.measures if each.stage in stages]

    def rows(self, measures: list[Asked]) -> list[Row]:
        """These measures with all that is said of them."""
        names = names_of(each.uid for each in measures)
        return rows_of(self.round, measures, names, self.user)


@needs("measures.view_progress")
def department(request: HttpRequest, slug: str, key: str | None = None) -> HttpResponse:
    """The page by GET. By POST what was typed is saved, and handed in where that was wanted: all of it, or nothing."""
    page = DepartmentPage(slug, key, request.user)
    require(page.may_report or request.method != "POST")
    number = request.GET.get("seite")
    if request.method == "POST" and CLEAN not in request.POST:
        with transaction.atomic():
            ReportingRound.objects.select_for_update().get(
                pk=page.round.pk
            )  # two who save wait for each other
            page = DepartmentPage(slug, key, request.user)
            forms = _forms(page, number, request)
            if _saved(request, page, forms):
                return redirect(request.get_full_path())
    else:
        forms = _forms(page, number, request)
        if request.method == "POST":
            messages.info(request, gettext("Nothing is saved yet. Please look through the texts and save."))
    return _shown(request, page, forms)


def _forms(page: DepartmentPage, number: str | None, request: HttpRequest) -> list[DraftForm]:
    """Those of the rows that were sent, wherever they stand by now; else those of a page."""
    measures: list[Asked] = list(Paginator(page.measures, ON_A_PAGE).get_page(number))
    data = request.POST if request.method == "POST" else None
    if data and (sent := sent_rows(data)):
        measures = [each for each in page.measures if each.pk in sent]
    return [DraftForm(row, page.round, data) for row in page.rows(measures)]


def _saved(request: HttpRequest, page: DepartmentPage, forms: list[DraftForm]) -> bool:
    """Whether all that was typed is saved now, and handed in where that was wanted."""
    button = pressed(request, SAVE, HAND_IN)
    touched = [form for form in forms if form.is_touched]
    filled_in = [(form, form.drafted) for form in touched if form.is_valid()]
    drafts = [draft for _form, draft in filled_in if draft]
    gone = [form.row for form, draft in filled_in if draft is None and form.row.draft]
    dropped = [row.asked.uid for row in gone]
    try:
        with transaction.atomic():
            locked_open(page.round)
            _refuse_what_went_elsewhere(page, request)
            if not all(form.is_valid() for form in touched):
                return False
            save_drafts(page.round, drafts, dropped=dropped, by=acting_user(request))
            if button == HAND_IN:
                _hand_in(request, page, has_dropped=bool(dropped))
            else:
                messages.success(request, _what_was_saved(len(drafts), len(dropped)))
    except ValidationError as error:
        messages.error(request, gettext("Nothing was saved: %(says)s") % {"says": " ".join(error.messages)})
        return False
    if taken_back := [row.name for row in gone if row.draft and row.draft.handed_in_at]:
        _tell_taken_back(request, taken_back)
    return True


def _refuse_what_went_elsewhere(page: DepartmentPage, request: HttpRequest) -> None:
    if names := [each.name for each in _lost(page, request)]:
        raise ValidationError(
            gettext("Another department leads this by now, or it was deleted: %(measures)s.")
            % {"measures": ", ".join(names)}
        )


def _lost(page: DepartmentPage, request: HttpRequest) -> list[Lost]:
    """What was typed on measures that are no longer on this department’s page, or that nothing can be reported on."""
    there = {each.pk for each in page.measures}
    gone = [pk for pk in sent_rows(request.POST) if pk not in there]
    uids = dict(page.round.measures.filter(pk__in=gone).values_list("pk", "uid"))
    names = names_of(uids.values()) if uids else {}
    return [
        Lost(names[str(uid)], typed)
        for pk, uid in uids.items()
        if (typed := typed_in(request.POST, f"m{pk}"))
    ]


def _tell_taken_back(request: HttpRequest, names: list[str]) -> None:
    message = gettext("No longer handed in, as nothing new stands there any more: %(measures)s.")
    messages.warning(request, message % {"measures": ", ".join(names)})


def _hand_in(request: HttpRequest, page: DepartmentPage, *, has_dropped: bool) -> None:
    now = DepartmentPage(page.round.slug, page.department.key if page.department else None, page.user)
    ready = [each.uid for each in now.of_stage(Stage.DRAFT, Stage.RETURNED)]
    rest = [each.uid for each in now.of_stage(Stage.MISSING)] if "rest" in request.POST else []
    unchanged = list(Progress.objects.filter(uid__in=rest).exclude(state="").values_list("uid", flat=True))
    done = len(hand_in(page.round, ready, unchanged=unchanged, by=acting_user(request)))
    if done or not has_dropped:
        _tell(request, page, done, len(now.of_stage(Stage.MISSING)) - len(unchanged))


def _tell(request: HttpRequest, page: DepartmentPage, done: int, missing: int) -> None:
    if not done:
        messages.error(request, gettext("Nothing is filled in that could be handed in."))
        return
    message = ngettext("%(n)s report is handed in.", "%(n)s reports are handed in.", done) % {"n": done}
    if page.round.is_published_at_once:
        message = " ".join([message, gettext("What is handed in is public at once.")])
    messages.success(request, message)
    if missing:
        more = ngettext("%(n)s measure is still missing.", "%(n)s measures are still missing.", missing)
        messages.warning(request, more % {"n": missing})


def _what_was_saved(saved: int, dropped: int) -> str:
    if not saved and not dropped:
        return gettext("Nothing has been changed, so nothing was saved.")
    return gettext("Saved. What you changed is not handed in yet; you can go on later.")


def _shown(request: HttpRequest, page: DepartmentPage, forms: list[DraftForm]) -> HttpResponse:
    missing = page.of_stage(Stage.MISSING, Stage.DRAFT, Stage.RETURNED)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("%(round)s: %(department)s") % {"round": page.round.title, "department": page.name},
        "page": Paginator(page.measures, ON_A_PAGE).get_page(request.GET.get("seite")),
        "round": page.round,
        "address": page.address,
        "forms": forms,
        "may_report": any(form.row.is_open for form in forms),
        "mistakes": [
            each for form in forms if form.is_touched and form.row.is_open for each in form.mistakes
        ],
        "lost": _lost(page, request) if request.method == "POST" else [],
        "total": len(page.measures),
        "missing": len(missing),
        "waiting": len(page.of_stage(Stage.HANDED_IN)),
        "public": len(page.of_stage(Stage.PUBLIC)),
        "is_steering": request.user.has_perm("measures.view_reportinground"),
        "table": f"{page.address}tabelle/",
    }
    return render(request, "editing/reporting/department.html", context)
