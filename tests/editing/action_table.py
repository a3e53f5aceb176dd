"""Every action of the administration, with what it takes: who lacks one of these permissions is refused.

A new function with an acting person `by` gets a row, or is named as a part of other actions, with the reason.
"""

import datetime
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User

from council import actions as council
from council.freeze_actions import freeze_with_paper
from council.papers import Paper
from council.submitted_files import keep_original
from editing.bulk.bulk_change import BulkChange
from editing.bulk.reorganisation_page import Replacement
from editing.editions import freeze_plan
from editing.exchange import proposal_actions, remark_actions
from editing.models import ImportFile, Proposal, Remark
from editing.tables.import_actions import run_import
from editing.tables.reading import read_sheet
from editing.tables.uploads import keep
from editing.tree.agree_actions import agree_on
from legal.models import BarrierReport
from measures import draft_actions as drafts
from measures import round_actions as rounds
from measures.execution import Execution
from measures.execution_actions import keep_execution
from measures.models import Department
from measures.progress import Progress, Report
from measures.report_actions import bring_back, correct, report, take_back
from measures.reporting_rounds import ReportDraft, ReportingRound
from reporting import actions as reports
from reporting.models import StatusReport
from strategy.editions import actions as editions
from strategy.editions.models import Edition
from strategy.editions.public_rows import write
from strategy.editions.redaction import redaction_actions as redactions
from strategy.editions.redaction.orders import RedactionOrder
from strategy.history import node_actions
from strategy.history.models import HistoryRecord
from strategy.history.origin_actions import set_origins
from strategy.history.restoring import restore
from strategy.tree.models import Node
from strategy.tree.tree_rows import tree_rows
from tests.council.files.small_pdf import PDF

ADD, CHANGE, DELETE = (f"strategy.{does}_node" for does in ("add", "change", "delete"))
AGREE, CORRECT = "strategy.agree_node", "strategy.correct_node"
FREEZE, PUBLISH = editions.FREEZE, editions.PUBLISH
DAY = datetime.date(2026, 10, 1)
Call = Callable[["Objects", User], object]


class Objects:
    """What the actions are tried on: the objects of a world of tests/editing/matrix_world.py, read anew."""

    def __init__(self, own: Mapping[str, Any]) -> None:
        self.own = own

    def node(self, name: str) -> Node:
        return Node.objects.get(pk=self.own[name])

    def record(self, name: str) -> HistoryRecord:
        return HistoryRecord.objects.get(pk=self.own[name])

    def edition(self) -> Edition:
        return Edition.objects.get(pk=self.own["edition"])

    def working_edition(self) -> Edition:
        return editions.freeze(slug="zum-loeschen", title="Zum Löschen")

    def paper(self, name: str) -> Paper:
        return Paper.objects.get(pk=self.own[name])

    def department(self, name: str) -> Department:
        return Department.objects.get(pk=self.own[name])

    def measures(self) -> BulkChange:
        rows = [row for row in tree_rows() if row.pk == self.own["measure"]]
        return BulkChange(rows, ["start_year"], lambda content: {"start_year": 2031})


@dataclass(frozen=True)
class Action:
    """A call of a function (its name as in the module), and the permissions that it takes."""

    name: str
    needs: tuple[str, ...]
    call: Call


def _import(at: Objects, by: User) -> object:
    content = at.own["sheet"]().read()
    file = ImportFile.objects.create(content=content, name="t.csv", by=by)
    return run_import(read_sheet(content), file=file, digest=at.own["seen_import"], by=by)


def _freeze_as_seen(at: Objects, by: User) -> object:
    words = {"slug": "neu", "title": "Neu", "remark": "", "paper": ""}
    return freeze_plan.freeze(
        choices={}, seen=freeze_plan.FreezePlan({}).seen, may_leave=False, by=by, **words
    )


def _replace(new: str | None, seen: str) -> Call:
    def call(at: Objects, by: User) -> object:
        old = at.department("department")
        successor = at.department(new) if new else old.successor
        assert successor
        return Replacement(old, successor).carry_out(seen=at.own[seen], by=by, reason="Neu geordnet")

    return call


def _agree_on(at: Objects, by: User) -> object:
    pk, _colon, mark = at.own["open_goal"].partition(":")
    return agree_on({int(pk): mark}, by=by)


def _agreed(at: Objects) -> BulkChange:
    node_actions.set_review(at.node("measure"), "agreed")
    return at.measures()


NODES = (
    Action("add", (ADD,), lambda at, by: node_actions.add(kind="chapter", content={"title": "Neu"}, by=by)),
    Action(
        "add",
        (ADD,),
        lambda at, by: node_actions.add(
            kind="measure", content={"title": "Neu"}, parent=at.node("operational"), by=by
        ),
    ),
    Action(
        "change", (CHANGE,), lambda at, by: node_actions.change(at.node("goal"), content={"text": "A"}, by=by)
    ),
    Action(
        "change",
        (CHANGE, CORRECT),
        lambda at, by: node_actions.change(at.node("goal"), content={"text": "A"}, is_correction=True, by=by),
    ),
    Action(
        "move",
        (CHANGE,),
        lambda at, by: node_actions.move(at.node("goal"), target=at.node("other_goal"), pos="right", by=by),
    ),
    Action("step", (CHANGE,), lambda at, by: node_actions.step(at.node("goal"), "down", by=by)),
    Action("delete", (DELETE,), lambda at, by: node_actions.delete(at.node("measure"), by=by)),
    Action("set_review", (CHANGE,), lambda at, by: node_actions.set_review(at.node("goal"), "open", by=by)),
    Action(
        "set_review",
        (CHANGE, AGREE),
        lambda at, by: node_actions.set_review(at.node("goal"), "agreed", by=by),
    ),
    Action(
        "set_review", (AGREE,), lambda at, by: node_actions.set_review(at.node("other_goal"), "agreed", by=by)
    ),
    Action("restore", (CHANGE,), lambda at, by: restore(at.record("changed"), by=by)),
    Action("restore", (CHANGE,), lambda at, by: restore(at.record("deleted"), by=by)),
    Action("restore", (CHANGE, AGREE), lambda at, by: restore(at.record("agreed_before"), by=by)),
    Action(
        "set_origins",
        (CHANGE,),
        lambda at, by: set_origins(at.node("goal"), origins=[str(at.node("other_goal").uid)], by=by),
    ),
    Action("agree_on", (AGREE,), _agree_on),
    Action("write", (CHANGE,), lambda at, by: at.measures().write(by=by, reason="Neu")),
    Action(
        "write",
        (CHANGE, CORRECT),
        lambda at, by: _agreed(at).write(by=by, reason="Neu", is_correction=True),
    ),
    Action("carry_out", (CHANGE,), _replace(None, "seen_successor")),
    Action("carry_out", (CHANGE, "measures.change_department"), _replace("spare_department", "seen_other")),
    Action("keep", (CHANGE, ADD), lambda at, by: keep(b"x", name="t.csv", by=by)),
    Action("run_import", (CHANGE, ADD), _import),
)


def _once_public(at: Objects) -> Edition:
    """A working edition that the public has read, and reads no more."""
    edition = at.working_edition()
    editions.publish(edition)
    editions.publish(at.edition())
    return edition


def _keep_original(at: Objects, by: User) -> object:
    """With an edition that an earlier program submitted, which kept nothing."""
    paper = at.paper("decided_paper")
    assert paper.edition
    return keep_original(paper, paper.edition, content=PDF, by=by)


def _order(at: Objects) -> RedactionOrder:
    return RedactionOrder.objects.get(pk=at.own["order"])


def _order_redaction(at: Objects, by: User) -> object:
    said = {"reference": "1", "basis": "court", "ordered_on": datetime.date(2026, 11, 3)}
    return redactions.order_redaction(**said, words=["Leitlinie Eigen"], by=by)


EDITIONS = (
    Action("freeze", (FREEZE,), lambda at, by: editions.freeze(slug="neu", title="Neu", by=by)),
    Action("freeze_with_paper", (FREEZE,), lambda at, by: freeze_with_paper(slug="neu", title="Neu", by=by)),
    Action("freeze", (FREEZE,), _freeze_as_seen),
    Action("publish", (PUBLISH,), lambda at, by: editions.publish(at.edition(), by=by)),
    Action("take_back", (PUBLISH,), lambda at, by: editions.take_back(by=by)),
    Action("withhold", (PUBLISH,), lambda at, by: editions.withhold(at.edition(), reason="Name", by=by)),
    Action("release", (PUBLISH,), lambda at, by: editions.release(at.edition(), by=by)),
    Action("delete", (FREEZE,), lambda at, by: editions.delete(at.working_edition(), by=by)),
    Action("delete", (PUBLISH,), lambda at, by: editions.delete(_once_public(at), by=by)),
    Action("submit", (PUBLISH,), lambda at, by: council.submit(at.paper("ready_paper"), by=by)),
    Action("keep_original", (PUBLISH,), _keep_original),
    Action("order_redaction", (redactions.REDACT,), _order_redaction),
    Action(
        "set_stays",
        (redactions.REDACT,),
        lambda at, by: redactions.set_stays(_order(at).passages.get(pk=at.own["passage"]), stays=True, by=by),
    ),
    Action(
        "confirm_redaction",
        (redactions.REDACT,),
        lambda at, by: redactions.confirm_redaction(_order(at), by=by),
    ),
    Action(
        "withdraw_redaction",
        (redactions.REDACT,),
        lambda at, by: redactions.withdraw_redaction(_order(at), by=by),
    ),
    Action("carry_over", (PUBLISH,), lambda at, by: council.carry_over(at.paper("decided_paper"), by=by)),
)
EXCHANGE = (
    Action(
        "propose",
        ("strategy.propose_change",),
        lambda at, by: proposal_actions.propose(at.node("goal"), content={"text": "A"}, by=by, reason="So"),
    ),
    Action("accept", (CHANGE,), lambda at, by: proposal_actions.accept(_proposal(at), by=by)),
    Action(
        "decline", (CHANGE,), lambda at, by: proposal_actions.decline(_proposal(at), by=by, answer="Nein")
    ),
    Action(
        "write",
        ("editing.add_remark",),
        lambda at, by: remark_actions.write(at.node("goal"), text="Warum?", by=by),
    ),
    Action(
        "set_done",
        ("editing.add_remark",),
        lambda at, by: remark_actions.set_done(Remark.objects.get(pk=at.own["remark"]), is_done=True, by=by),
    ),
)


def _proposal(at: Objects) -> Proposal:
    return Proposal.objects.get(pk=at.own["proposal"])


def _report(at: Objects) -> BarrierReport:
    return BarrierReport.objects.get(pk=at.own["report"])


def _progress() -> Progress:
    return Progress(uid=uuid.uuid4(), note="Läuft.")


def _status_report(at: Objects) -> StatusReport:
    asked = ReportingRound.objects.get(slug=at.own["closed_round"])
    return StatusReport(round=asked, slug=asked.slug, title="Neu")


def _frozen_report(at: Objects) -> StatusReport:
    return StatusReport.objects.get(slug=at.own["frozen_round"])


def _earlier() -> Report:
    return Report.objects.create(uid=uuid.uuid4(), note="Läuft.")


ROWS = (
    Action(
        "write",
        ("measures.add_department",),
        lambda at, by: write(save=[Department(key=str(uuid.uuid4()), name="Neu")], by=by),
    ),
    Action(
        "write",
        ("council.change_paper",),
        lambda at, by: write(save=[at.paper("paper")], by=by),
    ),
    Action(
        "write",
        ("measures.delete_department",),
        lambda at, by: write(delete=[Department.objects.create(key="weg", name="Weg")], by=by),
    ),
    Action("report", ("measures.add_progress",), lambda at, by: report(_progress(), by=by)),
    Action("bring_back", ("measures.add_progress",), lambda at, by: bring_back(_earlier(), by=by)),
    Action(
        "take_back",
        ("measures.delete_progress",),
        lambda at, by: take_back(Progress.objects.create(uid=uuid.uuid4(), note="Läuft."), by=by),
    ),
    Action("mark", ("legal.change_barrierreport",), lambda at, by: _report(at).mark(done=True, by=by)),
)
REPORTS = (
    Action(
        "keep_execution",
        ("measures.change_progress",),
        lambda at, by: keep_execution(Execution(uid=uuid.uuid4()), by=by),
    ),
    Action("save_draft", (PUBLISH,), lambda at, by: reports.save_draft(_status_report(at), by=by)),
    Action("freeze_report", (PUBLISH,), lambda at, by: reports.freeze_report(_status_report(at), by=by)),
    Action(
        "withhold_report",
        (PUBLISH,),
        lambda at, by: reports.withhold_report(_frozen_report(at), reason="Name", by=by),
    ),
    Action("release_report", (PUBLISH,), lambda at, by: reports.release_report(_frozen_report(at), by=by)),
)
OPEN_ROUND, KEEP_ROUND = rounds.OPEN, rounds.KEEP
ROUNDS = (
    Action(
        "open_round",
        (OPEN_ROUND,),
        lambda at, by: rounds.open_round(
            title="Neu", key_on=DAY, due_on=DAY, uids=[at.own["fresh_uid"]], by=by
        ),
    ),
    Action("change_round", (KEEP_ROUND,), lambda at, by: rounds.change_round(_round(at), by=by)),
    Action(
        "publish_drafts",
        (KEEP_ROUND, "measures.change_progress"),
        lambda at, by: rounds.publish_drafts(_round(at), {at.own["draft"]: at.own["draft_mark"]}, by=by),
    ),
    Action(
        "give_back", (KEEP_ROUND,), lambda at, by: rounds.give_back(_draft(at), note="Bitte ändern", by=by)
    ),
    Action("close_round", (KEEP_ROUND,), lambda at, by: rounds.close_round(_empty_round(), seen=0, by=by)),
    Action(
        "save_drafts",
        ("measures.change_progress",),
        lambda at, by: drafts.save_drafts(_round(at), [_draft(at)], by=by),
    ),
    Action(
        "hand_in",
        ("measures.change_progress",),
        lambda at, by: drafts.hand_in(_round(at), [at.own["measure_uid"]], by=by),
    ),
    Action(
        "correct",
        ("measures.change_progress",),
        lambda at, by: correct(
            _corrected(at), corrects=Report.objects.get(pk=at.own["progress_report"]), note="Falsch", by=by
        ),
    ),
)


def _round(at: Objects) -> ReportingRound:
    return ReportingRound.objects.get(slug=at.own["round"])


def _empty_round() -> ReportingRound:
    return ReportingRound.objects.get(slug="leer")


def _draft(at: Objects) -> ReportDraft:
    return ReportDraft.objects.select_related("round").get(pk=at.own["draft"])


def _corrected(at: Objects) -> Progress:
    progress = Progress.objects.get(pk=at.own["progress"])
    progress.note = "Berichtigt."
    return progress


ACTIONS = (*NODES, *EDITIONS, *EXCHANGE, *ROWS, *ROUNDS, *REPORTS)

# Functions with a `by`, or of a module of actions, that ask nobody: what they are a part of, or why.
NOT_ASKED = {
    "place_new": "part of add and restore",
    "record": "part of the actions on nodes",
    "record_plan": "part of run_import and of loading a file",
    "tree_plan": "part of run_import",
    "store": "part of freeze",
    "set_state": "part of submit and carry_over",
    "kept": "reads what somebody has uploaded, and gives it to nobody else",
    "withdraw": "asks whose proposal it is (tests/editing/test_buttons.py)",
    "check_and_keep": "follows from rows that are written",
    "keep_decisions": "follows from rows that are written",
    "make_public": "part of publish_drafts and hand_in",
    "mail": "what citizens report",
    "client_key": "what citizens report",
}
NOT_WRITING = {
    "locked_open",
    "draft_mark",
    "missing_in",
    "said_by",
    "next_to",
    "shown_mark",
    "shown_before",
    "passages_mark",
    "deletion_mark",
    "may_set",
    "require_reason",
    "state_with_origins",
    "conflicts",
    "basis_of",
    "missing_to_submit",
    "missing_to_decide",
    "missing_decision",
    "amendments",
    "standing",
    "require_permission",
}
