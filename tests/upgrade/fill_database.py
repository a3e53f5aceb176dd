"""Fills a database as a city would: every kind of row that the portal keeps, by the portal's own actions.

Run on a program whose databases are to be kept (README.md in this folder says how); no test runs it.
"""

import datetime
import os
import sys
from pathlib import Path

import django

CLERK_MAIL = "clerk@herne.example"


def main(folder: Path) -> None:
    from django.core.management import call_command

    call_command("build_assets", verbosity=0)
    call_command("prepare_demo")
    people = staff()
    edit(people)
    before_the_council(people)
    beside_the_tree(people)
    keep_archives(folder)


def staff() -> dict:
    """Somebody of each role, a second factor, a link to the directory, a session, an own permission."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount
    from django.contrib.auth.models import Group, Permission, User
    from django.test import Client

    from editing.models import Responsibility
    from measures.models import Department
    from themes.models import Theme

    people = {}
    for number, group in enumerate(Group.objects.order_by("name")):
        user = User.objects.create_user(f"person-{number}", f"person-{number}@herne.example", is_staff=True)
        user.groups.add(group)
        people[group.name] = user
    admin = User.objects.create_superuser("leitung", "leitung@herne.example", "Kept-Password-1")
    for codename in ("change_legalpage", "view_secondfactor", "view_barrierreport", "add_paper"):
        people["Redaktion" if "Redaktion" in people else next(iter(people))].user_permissions.add(
            Permission.objects.get(codename=codename)
        )
    Authenticator.objects.create(user=admin, type="totp", data={"secret": "kept"})
    SocialAccount.objects.create(user=admin, provider="verzeichnis", uid="kept-1")
    EmailAddress.objects.create(user=admin, email=admin.email, verified=True, primary=True)
    Client(headers={"User-Agent": "kept"}).force_login(admin)
    responsible = Responsibility.objects.create(user=people[sorted(people)[0]])
    responsible.themes.set(Theme.objects.filter(is_sample=False)[:2])
    responsible.departments.set(Department.objects.all()[:1])
    return {"admin": admin, **people}


def edit(people: dict) -> None:
    """Changes, an addition, a deletion, agreement, a move, an origin; a proposal of each state; questions."""
    from editing.exchange import proposal_actions
    from editing.models import DeskMail, Remark
    from editing.tables.export import export
    from editing.tables.uploads import keep
    from goals.models import StrategicGoal
    from strategy.history import node_actions, origin_actions
    from strategy.tree.models import Node

    admin = people["admin"]
    goal, other, third = StrategicGoal.objects.filter(is_sample=False)[:3]
    operational = node_actions.add(
        kind="operational_goal",
        content={"title": "Mehr Schatten", "base_value": "0", "target_value": "12.5", "unit": "ha"},
        parent=Node.objects.get(pk=goal.pk),
        by=admin,
    )
    content = {
        "title": "Bäume an Haltestellen",
        "text": "Ein **Anfang**.\n\n- eins\n- zwei",
        "start_year": 2027,
        "cost_once": 70000,
        "novelty": {"key": "new", "name": ""},
        "participation": {"key": "informal", "name": ""},
        "sdgs": [{"key": 13, "name": ""}],
    }
    measure = node_actions.add(kind="measure", content=content, parent=operational, by=admin)
    gone = node_actions.add(kind="measure", content={"title": "Wird gelöscht"}, parent=operational, by=admin)
    node_actions.delete(Node.objects.get(pk=gone.pk), by=admin, reason="Doppelt")
    node_actions.change(
        Node.objects.get(pk=other.pk), content={"easy_text": "Kurz gesagt."}, by=admin, reason="Verständlich"
    )
    for node in (operational, measure):
        node_actions.set_review(Node.objects.get(pk=node.pk), "agreed", by=admin)
    last = Node.objects.get(pk=third.pk)
    node_actions.step(last, "up", by=admin, reason="Reihenfolge")
    origin_actions.set_origins(Node.objects.get(pk=measure.pk), origins=[str(goal.uid)], by=admin)
    for number in range(3):
        node = Node.objects.get(pk=goal.pk)
        text = {"text": f"Vorschlag {number}"}
        proposal = proposal_actions.propose(node, content=text, by=admin, reason="Klarer")
        if number == 1:
            proposal_actions.decline(proposal, by=admin, answer="Nein")
        if number == 2:
            proposal_actions.accept(proposal, by=admin, answer="Ja")
    question = Remark.objects.create(uid=goal.uid, title=goal.title, text="Warum?", by=admin)
    Remark.objects.create(uid=goal.uid, title=goal.title, text="Darum.", by=admin, answers=question)
    DeskMail.objects.create(user=admin, sent_on=datetime.date(2026, 11, 29))
    keep(export("xlsx"), name="strategie.xlsx", by=admin)


def before_the_council(people: dict) -> None:
    """One edition adopted with changes, one before the council, one withheld; a measure decided on."""
    from council import actions as council_actions
    from council.bodies import Body
    from council.consultations import Consultation, Resolution
    from council.freeze_actions import freeze_with_paper
    from council.papers import Paper, PaperMeasure
    from council.record_actions import keep_decisions
    from measures.models import Measure
    from strategy.editions import actions
    from strategy.editions.models import Edition
    from strategy.editions.working_tree import rows
    from strategy.history import node_actions
    from strategy.tree.models import Node

    admin = people["admin"]
    body = Body.objects.filter(kind="council").first()
    committee = Body.objects.filter(kind="committee").first()

    def real() -> list:
        return [each for each in rows() if not each["is_sample"]]

    def freeze(slug: str, paper: str) -> Edition:
        return freeze_with_paper(slug=slug, title=f"Fassung {slug}", paper=paper, by=admin, nodes=real())

    paper = Paper.objects.create(reference="2026/0100", name="Strategie", dated_on=datetime.date(2026, 3, 1))
    paper.edition = freeze("entwurf-2026", "2026/0100")
    paper.save()
    Consultation.objects.create(
        paper=paper,
        body=committee,
        held_on=datetime.date(2026, 4, 1),
        role="preliminary",
        result="noted",
        considered="earlier",
    )
    decision = Consultation.objects.create(
        paper=paper, body=body, held_on=datetime.date(2026, 5, 5), role="decision", considered="this"
    )
    council_actions.submit(paper)
    node = Node.objects.get(title="Bäume an Haltestellen")
    node_actions.change(node, content={"cost_once": 90000}, by=admin, reason="Änderung des Rates")
    paper.amended_edition = freeze("beschluss-2026", "2026/0100")
    paper.save()
    decision.result = "amended"
    decision.save()
    Resolution.objects.create(
        consultation=decision, text="Der Rat beschließt.", votes_for=40, votes_against=3, votes_abstaining=1
    )
    actions.publish(council_actions.carry_over(Paper.objects.get(pk=paper.pk)), by=admin)
    later = Paper.objects.create(reference="2026/0200", name="Fortschreibung")
    later.edition = freeze("entwurf-2027", "2026/0200")
    later.save()
    Consultation.objects.create(paper=later, body=body, held_on=datetime.date(2026, 12, 15), role="decision")
    council_actions.submit(later)
    measure = Measure.objects.get(title="Bäume an Haltestellen")
    single = Paper.objects.create(reference="2026/0300", name="Bäume")
    PaperMeasure.objects.create(paper=single, uid=measure.uid, matter="carry_out")
    Consultation.objects.create(
        paper=single, body=body, held_on=datetime.date(2026, 6, 6), role="decision", result="approved"
    )
    keep_decisions()
    withheld = freeze("zurueckgehalten", "")
    actions.withhold(withheld, reason="Ein Name stand darin.")


def beside_the_tree(people: dict) -> None:
    """Progress, a legal page changed in the administration (with its log), barrier reports, a failed login."""
    from django.test import Client
    from django.utils import timezone

    from legal.models import BarrierReport, LegalPage
    from measures.models import Measure
    from measures.progress import Progress

    admin = people["admin"]
    measure = Measure.objects.get(title="Bäume an Haltestellen")
    Progress.objects.update_or_create(
        uid=measure.uid,
        defaults={
            "state": "running",
            "reported_on": datetime.date(2026, 11, 1),
            "note": "Die ersten stehen.",
        },
    )
    client = Client(headers={"User-Agent": "kept"})
    client.force_login(admin)
    page = LegalPage.objects.get(slug="impressum")
    data = {"slug": "impressum", "title": "Impressum", "text": "Stadt Herne", "version": "", "_save": "1"}
    answer = client.post(
        f"/verwaltung/legal/legalpage/{page.pk}/change/", data, headers={"host": "127.0.0.1"}
    )
    print("legal page:", answer.status_code)
    report = BarrierReport.objects.create(text="Zu klein", page="/", created_at=timezone.now())
    report.mark(done=True, by=admin)
    report.save()
    BarrierReport.objects.create(
        text="Zu blass", email="a@example.org", created_at=timezone.now(), client_key="k"
    )


def keep_archives(folder: Path) -> None:
    """The archives of the first edition and of the one that the council adopted."""
    from printing.archive.making import Archive
    from strategy.editions.models import Edition

    for slug in ("plakat", "beschluss-2026"):
        edition = Edition.objects.filter(slug=slug).first() or Edition.objects.order_by("pk").first()
        (folder / f"archiv-{edition.slug}.zip").write_bytes(Archive.of(edition).path().read_bytes())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
    django.setup()
    main(Path(sys.argv[1]))
