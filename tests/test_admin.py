"""Every registered model opens in the admin; the forms place, refuse and keep."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goals.models import SDG, OperationalGoal, StrategicGoal
from measures.models import Department, District, Measure
from measures.progress import Progress
from strategy.editions.models import PublicState, Strategy
from strategy.editions.working_tree import problems
from strategy.tree.models import Node
from tests.opened_form import confirmed
from themes.models import Chapter, Guideline, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


@pytest.fixture
def tree() -> dict[str, Node]:
    theme = Theme.objects.add_root(instance=Theme(title="Wohnen"))
    guideline = Guideline.objects.add_child(theme, instance=Guideline(title="Leitlinie"))
    goal = StrategicGoal.objects.add_child(guideline, instance=StrategicGoal(title="Ziel"))
    operational = OperationalGoal.objects.add_child(goal, instance=OperationalGoal(title="Operativ"))
    measure = Measure.objects.add_child(operational, instance=Measure(title="Maßnahme"))
    return {
        "theme": theme,
        "guideline": guideline,
        "goal": goal,
        "operational": operational,
        "measure": measure,
    }


def models() -> list:
    return sorted(admin.site._registry, key=lambda model: model._meta.label)


def test_every_changelist_and_form_opens(editor: Client, tree: dict[str, Node]) -> None:
    Chapter.objects.add_root(instance=Chapter(title="Präambel"))
    SDG.objects.create(number=4, title="Bildung", long_title="Bildung", colour="#C5192D", text_colour="white")
    Department.objects.create(key="amt", name="Amt")
    District.objects.create(key="wanne", name="Wanne")
    Progress.objects.create(uid=tree["measure"].uid)
    Strategy(city="Herne", title="Strategie").save()

    for model in models():
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        assert editor.get(reverse(f"admin:{name}_changelist"), follow=True).status_code == 200, name
        assert editor.get(reverse(f"admin:{name}_add")).status_code in (200, 403), name
        if row := model.objects.first():
            form = editor.get(reverse(f"admin:{name}_change", args=[row.pk]), follow=True)
            assert form.status_code == 200, name


def test_new_measure_goes_before_the_operational_goals(editor: Client, tree: dict[str, Node]) -> None:
    data = {"parent": tree["goal"].pk, "title": "Gärten anlegen", "slug": ""}

    response = editor.post(reverse("admin:measures_measure_add"), data)

    assert response.status_code == 302
    children = [node.title for node in Node.objects.get_children(Node.objects.get(pk=tree["goal"].pk))]
    assert children == ["Gärten anlegen", "Operativ"]
    assert Node.objects.get(title="Gärten anlegen").slug == "gaerten-anlegen"
    assert problems() == []


def test_second_guideline_is_refused_and_the_text_kept(editor: Client, tree: dict[str, Node]) -> None:
    data = {"parent": tree["theme"].pk, "title": "Noch eine", "text": "Mein langer Text", "slug": ""}

    page = editor.post(reverse("admin:themes_guideline_add"), data).content.decode()

    assert "Unter diesem Knoten kann nichts hinzugefügt werden" in page
    assert "Mein langer Text" in page
    assert Guideline.objects.count() == 1


def test_forbidden_character_is_named_with_its_place_and_the_text_kept(
    editor: Client, tree: dict[str, Node]
) -> None:
    measure = tree["measure"]
    data = {"title": "Maßnahme", "slug": measure.slug, "text": "Gut\nSehr gut 😀"}

    page = editor.post(reverse("admin:measures_measure_change", args=[measure.pk]), data).content.decode()

    assert "Zeile 2, Zeichen 10" in page
    assert "Sehr gut 😀" in page
    assert Measure.objects.get(pk=measure.pk).text == ""


def test_broken_rule_of_the_database_is_a_sentence(editor: Client, tree: dict[str, Node]) -> None:
    measure = tree["measure"]
    data = {"title": "Maßnahme", "slug": measure.slug, "start_year": 2030, "end_year": 2026}

    page = editor.post(reverse("admin:measures_measure_change", args=[measure.pk]), data).content.decode()

    assert "Die Maßnahme würde enden, bevor sie beginnt." in page


def test_parents_offered_are_those_that_may_be(editor: Client, tree: dict[str, Node]) -> None:
    page = editor.get(reverse("admin:measures_measure_add")).context["adminform"].form

    assert page.fields["parent"].choices[1:] == [
        (tree["goal"].pk, "1.1 Ziel"),
        (tree["operational"].pk, "1.1.1 Operativ"),
    ]


def test_deleting_a_goal_takes_all_below_it(editor: Client, tree: dict[str, Node]) -> None:
    address = reverse("admin:goals_strategicgoal_delete", args=[tree["goal"].pk])

    confirmed(editor, address)

    assert sorted(Node.objects.values_list("title", flat=True)) == ["Leitlinie", "Wohnen"]
    assert problems() == []


def test_saving_live_data_raises_the_public_revision(editor: Client, tree: dict[str, Node]) -> None:
    PublicState.objects.raise_revision()
    before = PublicState.objects.get().revision
    data = {"uid": tree["measure"].uid, "state": "running", "reported_on": "2026-10-01", "note": ""}

    response = editor.post(reverse("admin:measures_progress_add"), data)

    assert response.status_code == 302
    assert PublicState.objects.get().revision != before


def test_editions_cannot_be_changed_here(editor: Client) -> None:
    for model in models():
        if model._meta.app_label == "strategy" and model._meta.model_name == "edition":
            assert editor.get(reverse("admin:strategy_edition_add")).status_code == 403


def test_dates_are_picked_as_the_browser_does(editor: Client, tree: dict[str, Node]) -> None:
    report = Progress.objects.create(uid=tree["measure"].uid, state="running", reported_on="2026-10-01")

    page = editor.get(reverse("admin:measures_progress_change", args=[report.pk])).content.decode()

    assert f'<input type="date" name="reported_on" value="{timezone.localdate()}"' in page


@pytest.mark.parametrize(
    ("words", "found"), [("ökologie", 1), ("OEKOLOGIE", 1), ("hof ökologie", 1), ("garten", 0)]
)
def test_lists_find_umlauts_on_every_database(
    editor: Client, tree: dict[str, Node], words: str, found: int
) -> None:
    Measure.objects.filter(pk=tree["measure"].pk).update(title="Ökologie auf dem Hof")

    page = editor.get(reverse("admin:measures_measure_changelist"), {"q": words}).content.decode()

    assert page.count("Ökologie auf dem Hof") == found
