"""The small strategy on which the matrix of roles is asked: one theme of one's own, and one of somebody else."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from django.utils import timezone

from council import actions as council_actions
from council.consultations import Resolution
from council.freeze_actions import freeze_with_paper
from council.papers import Paper
from editing.bulk.bulk_change import BulkChange
from editing.bulk.bulk_forms import ChangeForm
from editing.bulk.reorganisation_page import Replacement
from editing.editions.freeze_plan import FreezePlan
from editing.exchange import proposal_actions
from editing.models import ImportFile, Proposal, Remark, Responsibility
from editing.tables.export import export
from editing.tables.plan import plan_of
from editing.tables.reading import read_sheet
from goals.models import SDG
from legal.models import BarrierReport, LegalPage
from measures.models import Department
from measures.progress import Progress, Report
from reporting.actions import freeze_report, withhold_report
from reporting.models import StatusReport
from reporting.report_data import mark_of as report_mark
from reporting.report_data import report_data
from strategy.editions import actions
from strategy.editions.library import library
from strategy.editions.models import Strategy
from strategy.editions.redaction import redaction_actions
from strategy.history import node_actions
from strategy.history.models import HistoryRecord, mark_of
from strategy.history.node_actions import deletion_mark
from strategy.history.restore_preview import restoration_of
from strategy.tree.models import Node
from strategy.tree.tree_rows import tree_rows
from tests.council.files.small_pdf import PDF
from tests.editing.reporting.matrix_round import ask_for_reports
from tests.factories import (
    BodyFactory,
    ConsultationFactory,
    DepartmentFactory,
    DistrictFactory,
    PaperFactory,
    ProgressFactory,
    ResolutionFactory,
    SDGFactory,
)
from tests.reporting.closed_rounds import closed_round
from tests.strategy.outline import plant, saved

THEME = """
theme {0}
  guideline Leitlinie {0}
    strategic_goal Ziel {0}
      operational_goal Operativ {0}
        measure Maßnahme {0}
        measure Noch eine {0}
    strategic_goal Zweites Ziel {0}
theme Leer {0}
chapter Nachwort {0}
"""
Objects = dict[str, Any]


@dataclass(frozen=True)
class World:
    """The objects of the requests: those that the actor is responsible for, and those of somebody else."""

    own: Objects
    foreign: Objects


def build(actor: User | None = None) -> World:
    """The actor edits the theme “Eigen” and reports for its department, whatever their role makes of it."""
    other = User.objects.create_superuser("jemand")
    mine, theirs = DepartmentFactory(name="Eigener"), DepartmentFactory(name="Fremder")
    tree = _tree(mine, theirs)
    if actor:
        responsibility = Responsibility.objects.create(user=actor)
        responsibility.themes.set([tree["Eigen"], tree["Leer Eigen"]])
        responsibility.departments.set([mine])
    shared = {**_rows(), **_people(), **_editions()}
    own = {**shared, **_place(tree, "Eigen", other), "department": mine.pk}
    foreign = {**shared, **_place(tree, "Fremd", other), "department": theirs.pk}
    own["my_proposal"] = _proposal(tree["Eigen"], other)
    Proposal.objects.filter(pk=own["my_proposal"]).update(by=actor or other)
    foreign["my_proposal"] = foreign["proposal"]
    own["department_key"], foreign["department_key"] = mine.key, theirs.key
    ask_for_reports(own, foreign)
    own["elsewhere"], foreign["elsewhere"] = foreign["goal"], own["goal"]
    for place in (own, foreign):
        frozen = FreezePlan({}).seen
        place |= {
            "seen": frozen.basis,
            "consequences": frozen.consequences,
            "seen_public": actions.shown_mark(),
            **_seen(place),
            **_table(actor or other),
            **_listed(place),
        }
    library.forget()
    return World(own, foreign)


def _tree(mine: Department, theirs: Department) -> dict[str, Node]:
    Strategy(city="Herne", title="Strategie").save()
    plant(THEME.format("Eigen"), **{name: {"lead": mine} for name in ("Maßnahme Eigen", "Noch eine Eigen")})
    Node.objects.filter(kind="chapter").delete()  # chapters stand at the end
    plant(THEME.format("Fremd"), **{name: {"lead": theirs} for name in ("Maßnahme Fremd", "Noch eine Fremd")})
    Node.objects.filter(kind="theme").update(review="agreed")  # what isn't agreed stays out of an edition
    return saved()


def _place(tree: dict[str, Node], name: str, other: User) -> Objects:
    at = SimpleNamespace(
        theme=tree[name],
        bare_theme=tree[f"Leer {name}"],
        guideline=tree[f"Leitlinie {name}"],
        goal=tree[f"Ziel {name}"],
        other_goal=tree[f"Zweites Ziel {name}"],
        operational=tree[f"Operativ {name}"],
        measure=tree[f"Maßnahme {name}"],
        fresh=tree[f"Noch eine {name}"],
        chapter=tree["Nachwort Fremd"],
    )
    found = {key: node.pk for key, node in vars(at).items()}
    found |= {f"{key}_slug": node.slug for key, node in vars(at).items()}
    return {
        **found,
        "measure_uid": at.measure.uid,
        "fresh_uid": at.fresh.uid,
        "progress": ProgressFactory(measure=at.measure).pk,
        "progress_report": Report.objects.create(uid=at.measure.uid, note="Läuft.").pk,
        "proposal": _proposal(at.measure, other),
        "remark": Remark.objects.create(uid=at.measure.uid, title="Frage", text="Warum?", by=other).pk,
        **_records(at, other),
    }


def _seen(place: Objects) -> Objects:
    """What somebody has seen who confirms a change of many measures, or a successor."""
    form = ChangeForm({"start_year": "2027"})
    assert form.is_valid()
    rows = [row for row in tree_rows() if row.pk == place["measure"]]
    old, other = (Department.objects.get(pk=place[name]) for name in ("department", "spare_department"))
    old.successor = DepartmentFactory(name=f"Nachfolger von {old}")
    old.save()
    return {
        "seen_many": BulkChange(rows, form.names, form.new).digest,
        "seen_successor": Replacement(old, old.successor).batch.digest,
        "seen_other": Replacement(old, other).batch.digest,
    }


def _listed(place: Objects) -> Objects:
    """What somebody has seen who confirms a deletion; looked at when it is sent."""
    nodes = ("theme", "guideline", "goal", "operational", "measure", "chapter")
    rows = {"progress": Progress, "paper": Paper, "resolution": Resolution}
    marks: Objects = {
        f"seen_{name}": lambda pk=place[name]: deletion_mark(Node.objects.get(pk=pk)) for name in nodes
    }
    marks |= {
        f"seen_{name}": lambda model=model, pk=place[name]: _listed_row(model, pk)
        for name, model in rows.items()
    }
    return marks


def _listed_row(model: Any, pk: int) -> str:
    request = RequestFactory().get("/")
    request.user = User(is_superuser=True, is_active=True)
    model_admin: Any = admin.site._registry[model]
    row = model_admin.get_queryset(request).filter(pk=pk).first()
    return model_admin._listed(model_admin.get_deleted_objects([row], request)[0]) if row else ""


def _table(by: User) -> Objects:
    """The working tree as a table, in which a measure has another title: uploaded, and still to be uploaded."""
    table = export("csv").replace(b"Zweites Ziel Eigen", b"Aus der Tabelle")
    return {
        "sheet": lambda: SimpleUploadedFile("strategie.csv", table),
        "import_file": ImportFile.objects.create(content=table, name="strategie.csv", by=by).pk,
        "seen_import": plan_of(read_sheet(table)).digest,
    }


def _proposal(node: Node, by: User) -> int:
    return proposal_actions.propose(node, content={"title": "Klarer gesagt"}, by=by, reason="Klarer").pk


def _records(at: SimpleNamespace, by: User) -> Objects:
    """What can be restored: a change, a deletion, an agreement."""
    node_actions.change(at.goal, content={"text": "Neuer Text"}, by=by)
    node_actions.set_review(at.operational, "agreed", by=by)
    node_actions.set_review(at.operational, "draft", by=by)
    gone = node_actions.add(kind="measure", content={"title": "Weg"}, parent=at.operational, by=by)
    node_actions.delete(gone, by=by)
    records = HistoryRecord.objects.all()
    found = {
        "changed": records.get(uid=at.goal.uid, action="changed"),
        "agreed_before": records.filter(uid=at.operational.uid, action="reviewed").first(),
        "deleted": records.get(uid=gone.uid, action="deleted"),
    }
    seen = {f"seen_{name}": restoration_of(each).digest for name, each in found.items()}
    mark = mark_of(Node.objects.get(pk=at.operational.pk))
    node_actions.set_review(at.other_goal, "open", by=by)
    other_mark = mark_of(Node.objects.get(pk=at.other_goal.pk))
    open_goal = f"{at.other_goal.pk}:{other_mark}"
    marks = {"operational_mark": mark, "other_goal_mark": other_mark, "open_goal": open_goal}
    return {name: each.pk for name, each in found.items()} | seen | marks


def _editions() -> Objects:
    """One that was shown before, and that can be shown again."""
    first, second = (freeze_with_paper(slug=slug, title=slug) for slug in ("eins", "zwei"))
    for edition in (first, second):
        actions.publish(edition)
    named = {"edition": first.pk, "edition_slug": first.slug, "unpublished_slug": "drei"}
    return {**named, **_council(), **_redaction(), **_status_reports()}


def _status_reports() -> Objects:
    """Closed rounds: one without a report, one with a frozen one, one whose report is withheld."""
    closed, frozen, withheld = map(closed_round, ("Offen", "Fest", "Entzogen"))
    draft = StatusReport(round=closed, slug=closed.slug)
    freeze_report(StatusReport(round=frozen, slug=frozen.slug, title="Fest"), by=None)
    report = freeze_report(StatusReport(round=withheld, slug=withheld.slug, title="Entzogen"), by=None)
    withhold_report(report, reason="Ein Name", by=None)
    return {
        "closed_round": closed.slug,
        "frozen_round": frozen.slug,
        "withheld_round": withheld.slug,
        "seen_report": lambda: report_mark(report_data(draft)),
    }


def _redaction() -> Objects:
    """An order that somebody else has recorded, and one of its passages."""
    order = redaction_actions.order_redaction(
        reference="7 K 12/26",
        basis="court",
        ordered_on=timezone.localdate(),
        words=["Leitlinie Eigen"],
        by=User.objects.get(username="jemand"),
    )
    return {
        "order": order.pk,
        "passage": order.passages.first().pk,
        "seen_order": redaction_actions.passages_mark(order),
    }


def _council() -> Objects:
    """A paper that can be laid before the council, one on which it has decided, and bodies and resolutions."""
    ready, submitted = (freeze_with_paper(slug=slug, title=slug) for slug in ("drei", "vier"))
    ready_paper = PaperFactory(reference="2026/0100", edition=ready)
    decided_paper = PaperFactory(reference="2026/0101", edition=submitted)
    ConsultationFactory(paper=ready_paper, role="decision", held_on=None)
    decision = ConsultationFactory(paper=decided_paper, role="decision", result="approved")
    council_actions.submit(decided_paper)
    resolution = ResolutionFactory(consultation=ConsultationFactory(role="preliminary", result="approved"))
    return {
        "ready_paper": ready_paper.pk,
        "decided_paper": decided_paper.pk,
        "decided_edition": submitted.pk,
        "pdf": lambda: SimpleUploadedFile("anlage.pdf", PDF),
        "ready_standing": council_actions.standing(ready_paper),
        "decided_standing": council_actions.standing(Paper.objects.get(pk=decided_paper.pk)),
        "consultation": decision.pk,
        "decided": resolution.consultation_id,
        "resolution": resolution.pk,
        "body": decision.body_id,
        "spare_body": BodyFactory(key="spare", name="Früherer Ausschuss", kind="committee").pk,
    }


def _people() -> Objects:
    person = User.objects.create_user("vergangen", email="v@herne.example", is_staff=True)
    app = Authenticator.objects.create(user=person, type="totp", data={})
    link = SocialAccount.objects.create(user=person, provider="verzeichnis", uid="1")
    session = UserSession.objects.create(user=person, ip="127.0.0.1", session_key="x" * 32)
    administrator = User.objects.create_superuser("chefin", email="chefin@herne.example")
    return {
        "person": person.pk,
        "administrator": administrator.pk,
        "secondfactor": app.pk,
        "directorylink": link.pk,
        "staffsession": session.pk,
    }


def _rows() -> Objects:
    sdg = SDG.objects.filter(number=4).first() or SDGFactory(number=4)
    return {
        "sdg": sdg.pk,
        "spare_department": DepartmentFactory(name="Ungenutzt").pk,
        "district": DistrictFactory(key="wanne").pk,
        "paper": PaperFactory().pk,
        "legal": LegalPage.objects.create(slug="impressum", title="Impressum", text="Text").pk,
        "legal_type": ContentType.objects.get_for_model(LegalPage).pk,
        "report": BarrierReport.objects.create(text="Zu klein", created_at=timezone.now()).pk,
    }
