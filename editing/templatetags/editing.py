"""What the administration's templates ask: the navigation, and what there is to know about a node."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from council.amendments import amending_reasons
from editing.exchange.proposal_outcome import summary
from editing.exchange.quick_decisions import waiting_proposals
from editing.history.history_search import to_be_restored_first
from editing.models import Proposal, Remark, Responsibility
from editing.rights import node_rights
from editing.tree.tree_filter import OPEN_DEPTH
from measures.progress import Progress, Report
from measures.reporting import CHANGE, report_address
from strategy.editions.cited_codes import cited_rows
from strategy.editions.renumbering import Renumbering, codes_in, codes_without
from strategy.forms.level_admin import preview_address
from strategy.history.edit_conflicts import Conflict
from strategy.history.models import HistoryRecord, mark_of
from strategy.history.node_actions import may_set
from strategy.history.origins import Origin
from strategy.people import AnyUser, name_of
from strategy.presentation.side_by_side import marked
from strategy.tree.kinds import Kind
from strategy.tree.levels import own
from strategy.tree.models import Node
from strategy.tree.references import Naming, naming
from strategy.tree.review import Review
from strategy.tree.tree_rows import tree_rows

register = template.Library()


@dataclass(frozen=True)
class NavigationEntry:
    """A link of the main navigation."""

    name: str
    address: str
    is_here: bool


@register.inclusion_tag("editing/_navigation.html", takes_context=True)
def main_navigation(context: Any) -> dict[str, Any]:
    """The pages that this person may open."""
    request = context["request"]
    pages = [
        (_("Working tree"), "admin:index", "strategy.view_node"),
        (_("What waits for me"), "editing:desk", "strategy.view_node"),
        (_("Proposals"), "editing:proposals", "editing.view_proposal"),
        (_("History"), "editing:history", "strategy.view_historyrecord"),
        (_("Editions"), "editing:editions", "strategy.view_edition"),
        (_("Council"), "editing:council", "council.view_paper"),
    ]
    entries = [
        NavigationEntry(name, reverse(page), _is_here(request.path, page))
        for name, page, permission in pages
        if request.user.has_perm(permission)
    ]
    if request.user.has_perm("auth.change_user"):
        is_here = request.path.startswith((reverse("persons"), reverse("admin:auth_user_changelist")))
        entries.append(NavigationEntry(_("Persons"), reverse("persons"), is_here))
    entries.append(NavigationEntry(_("All data"), reverse("all_data"), request.path == reverse("all_data")))
    return {"entries": entries}


def _is_here(path: str, page: str) -> bool:
    """Whether this is the page, or one of those that belong to it."""
    if page == "editing:council":
        return path.startswith((reverse(page), reverse("admin:app_list", args=["council"])))
    return path == reverse(page)


@register.inclusion_tag("editing/_node_panel.html", takes_context=True)
def node_panel(context: Any, node: Node) -> dict[str, Any]:
    """Where a node stands, how far it is agreed, what is said about it, and what can be done with it."""
    request = context["request"]
    rows = cited_rows()
    row = next((row for row in rows if row.pk == node.pk), None)
    above = [each for each in rows if row and row.path.startswith(each.path) and each.pk != row.pk]
    about = Proposal.objects.about(node.uid)
    may_propose = request.user.has_perm("strategy.propose_change")
    may_place = request.user.has_perm("strategy.delete_node", node)
    has_other_places = row is not None and row.depth > OPEN_DEPTH
    return {
        "request": request,
        "csrf_token": context.get("csrf_token"),
        "node": node,
        "row": row,
        "above": above,
        "preview": preview_address(node),
        "review": Review(node.review).label,
        "mark": mark_of(node),
        "reviews": [
            review for review in Review if review != node.review and may_set(request.user, node, review)
        ],
        "proposals": list(about.open().select_related("by")),
        "decided_proposals": about.decided().count(),
        "remarks": Remark.objects.filter(uid=node.uid, answers=None, done_at=None).count(),
        "origins": Origin.objects.of(node.uid).standing().count(),
        "may_change": request.user.has_perm("strategy.change_node", node),
        "may_propose": may_propose,
        "may_propose_deletion": may_propose and not may_place,
        "may_propose_place": may_propose and has_other_places and not node_rights(request.user).everywhere,
        "progress": _progress(request.user, node),
        "may_move": has_other_places and may_place,
    }


@dataclass(frozen=True)
class ProgressLink:
    """Where to read or report the progress of a measure, and how far it is; `report` is empty where nobody has.
    `count` is how many reports there have been."""

    address: str
    report: Progress | None
    may_report: bool
    count: int


def _progress(user: AnyUser, node: Node) -> ProgressLink | None:
    """None where it is no measure, or there is nothing that this person may read or report."""
    if node.kind != Kind.MEASURE:
        return None
    measure: Any = own(node)
    report = Progress.objects.filter(uid=node.uid).first()
    may_report = user.has_perm(CHANGE, measure)
    count = Report.objects.on(node.uid).count()
    if not may_report and not ((report or count) and user.has_perm("measures.view_progress")):
        return None
    return ProgressLink(report_address(measure, report), report, may_report, count)


@register.inclusion_tag("editing/_proposals_to_decide.html", takes_context=True)
def proposals_to_decide(context: Any, proposals: list[Proposal]) -> dict[str, Any]:
    """Proposals that wait for somebody: small ones with what they change, to be ticked and accepted at once."""
    waiting = waiting_proposals(proposals)
    return {
        "csrf_token": context.get("csrf_token"),
        "waiting": waiting,
        "any_quick": any(each.is_quick for each in waiting),
    }


@register.filter
def taken_of(proposal: Proposal) -> str:
    """What was taken of a proposal, what changed and what not; "" where all was, or nothing."""
    return summary(proposal)


@register.filter
def person(user: User | None) -> str:
    """Somebody by name; "" for nobody."""
    return name_of(user)


@dataclass(frozen=True)
class DeletionEffects:
    """What a deletion does elsewhere: which nodes name what is deleted, whose responsibility for it ends, and which
    adopted nodes get another code."""

    naming: list[Naming]
    people: list[str]
    renumbering: Renumbering


@register.simple_tag
def deletion_effects(node: Node) -> DeletionEffects:
    """What deleting this node, with all that stands below it, does to others. A few queries, and one a node that
    names one of them."""
    responsible = Responsibility.objects.filter(themes__pk=node.pk).select_related("user")
    rows = tree_rows()
    return DeletionEffects(
        naming(Node.objects.get_tree(node)),
        [name_of(each.user) for each in responsible],
        Renumbering.between(codes_in(rows), codes_without(rows, node.path)),
    )


@register.simple_tag
def restored_first(record: HistoryRecord) -> HistoryRecord | None:
    """The deletion that has to be restored before this record can be."""
    return to_be_restored_first(record)


@register.simple_tag
def conflict_view(conflict: Conflict) -> tuple[SafeString, SafeString]:
    """What is stored and what was typed, side by side."""
    return marked(conflict.field, conflict.stored, conflict.typed)


@register.simple_tag
def decided_changes() -> list[str]:
    """What can be given as the reason of a change that the council has decided on."""
    return amending_reasons()
