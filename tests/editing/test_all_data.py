"""“All data”, the lists, the questions before something is deleted: what they say to people who know no program."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from editing.all_data import GROUPS
from measures.models import Department
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import BodyFactory, DepartmentFactory, MeasureFactory, PaperFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin", email="c@herne.example"))
    return client


def read(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def main_part(page: str) -> str:
    return text_of(page.split('<div id="content"')[1].partition("<footer")[0])


def headings(page: str) -> list[str]:
    return [text_of(each).strip() for each in re.findall(r'<h2 id="liste-\d+">(.*?)</h2>', page)]


class TestAllData:
    def test_every_list_stands_in_a_group_with_what_it_holds(self, office: Client):
        page = read(office, reverse("all_data"))

        assert headings(page) == [str(group.name) for group in GROUPS]
        for group in GROUPS:
            for label, about in group.about.items():
                address = reverse(f"admin:{label.lower().replace('.', '_')}_changelist")
                assert f'href="{address}"' in page and str(about) in main_part(page), label

    def test_no_list_is_left_over(self):
        named = {label for group in GROUPS for label in group.about}

        assert {model._meta.label for model in admin.site._registry} - named == {"strategy.Node"}

    def test_list_that_no_group_names_comes_last(self, office: Client, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("editing.all_data.GROUPS", GROUPS[:1])

        assert headings(read(office, reverse("all_data"))) == [str(GROUPS[0].name), "Weiteres"]

    def test_one_sees_what_one_may(self):
        page = read(browser_of(person("Lesen")), reverse("all_data"))

        assert "Die Strategie als Listen" in headings(page)
        assert "Personen und Anmeldung" not in headings(page)
        assert "/add/" not in page

    def test_page_of_an_app_has_its_lists_alone(self, office: Client):
        page = read(office, "/verwaltung/council/")

        assert headings(page) == ["Rat und Gremien"]
        assert "/verwaltung/measures/" not in main_part(page)


class TestLists:
    def test_list_is_called_what_it_lists(self, office: Client):
        for model in admin.site._registry:
            if model._meta.label == "strategy.Node":
                continue
            page = read(office, reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist"))
            name = str(model._meta.verbose_name_plural)
            assert f"<h1>{name[0].upper()}{name[1:]}</h1>" in page
            assert "auswählen" not in page.split("<h1>")[1].split("</h1>")[0]

    def test_empty_list_says_so_and_what_can_be_done(self, office: Client):
        said = main_part(read(office, "/verwaltung/council/paper/"))

        assert "Hier ist noch nichts eingetragen. Vorlage hinzufügen" in said

    def test_reader_of_an_empty_list_is_offered_nothing(self):
        said = main_part(read(browser_of(person("Koordinationsstelle")), "/verwaltung/legal/barrierreport/"))

        assert "Hier ist noch nichts eingetragen." in said
        assert "hinzufügen" not in said

    @pytest.mark.parametrize("query", ["?q=gibtesnicht", "?is_public__exact=0"])
    def test_search_and_filter_that_leave_nothing_lead_back_to_all(self, office: Client, query: str):
        PaperFactory()

        page = read(office, f"/verwaltung/council/paper/{query}")

        assert "Zur Suche und zu den Filtern passt hier nichts." in main_part(page)
        assert '<a href="/verwaltung/council/paper/">Alle zeigen</a>' in page

    def test_filters_are_headed_by_what_they_are_of(self, office: Client):
        for _lead in range(2):
            MeasureFactory(lead=DepartmentFactory())

        page = read(office, "/verwaltung/measures/measure/")

        assert re.findall(r"<summary>(.*?)</summary>", page) == [
            "Abstimmungsstand",
            "Federführung",
            "Beispieldaten",
        ]


class TestSaidOtherwise:
    def test_saved_and_deleted_are_said_in_a_few_words(self, office: Client):
        added = office.post(
            "/verwaltung/council/body/add/", {"name": "Rat", "kind": "council", "key": "rat"}, follow=True
        )

        assert "„ Rat “ ist gespeichert." in text_of(added.content.decode())
        assert "erfolgreich" not in added.content.decode()

    def test_what_is_named_elsewhere_says_where_and_stays(self, office: Client):
        department = DepartmentFactory(name="Umwelt")
        MeasureFactory(title="Garten", lead=department)

        said = main_part(read(office, f"/verwaltung/measures/department/{department.pk}/delete/"))

        assert "„Umwelt“ lässt sich nicht löschen, weil es hier genannt ist." in said
        assert "Garten" in said
        assert Department.objects.count() == 1

    def test_several_are_asked_about_together(self, office: Client):
        bodies = [BodyFactory(key=key, name=key.title(), kind="committee") for key in ("eins", "zwei")]
        sent = {"action": "delete_selected", "_selected_action": [body.pk for body in bodies]}

        page = office.post("/verwaltung/council/body/", sent).content.decode()

        assert "<h1>2 Einträge löschen?</h1>" in page
        assert "Eins" in main_part(page) and "Nicht löschen" in main_part(page)
