"""Keys are made from names; who wants another one types it."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from council.bodies import Body
from measures.models import Department, District
from tests.editing.pages import text_of
from tests.factories import DepartmentFactory
from tests.opened_form import opened

pytestmark = pytest.mark.django_db
ADD = "/verwaltung/measures/department/add/"


@pytest.fixture
def office(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("chefin"))
    return client


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Öffentliches Grün & Straßen", "oeffentliches-gruen-strassen"),
        ("Umwelt", "umwelt-3"),
        ("Fachbereich " + "ä" * 100, "fachbereich-" + "ae" * 22),
    ],
)
def test_department_gets_a_free_key(office: Client, name: str, key: str):
    for taken in ("umwelt", "umwelt-2"):
        DepartmentFactory(key=taken)

    response = office.post(ADD, {"name": name})

    assert response.status_code == 302
    assert Department.objects.get(name=name).key == key


def test_district_and_body_get_one_too(office: Client):
    office.post("/verwaltung/measures/district/add/", {"name": "Röhlinghausen", "position": "1"})
    office.post("/verwaltung/council/body/add/", {"name": "Rat der Stadt", "kind": "council"})

    assert (District.objects.get().key, Body.objects.get().key) == ("roehlinghausen", "rat-der-stadt")


def test_key_that_is_typed_is_kept(office: Client):
    office.post(ADD, {"name": "Umwelt", "key": "fb-51"})

    assert Department.objects.get().key == "fb-51"


def test_key_that_is_taken_is_refused_with_its_group_open(office: Client):
    DepartmentFactory(key="fb-51")

    page = office.post(ADD, {"name": "Umwelt", "key": "fb-51"}).content.decode()

    assert Department.objects.count() == 1
    group = page.split("Kürzel in Adressen und Tabellen")[0].rsplit("<details", 1)[1]
    assert " open>" in group and opened(page)["name"] == "Umwelt"


def test_key_stays_when_the_name_changes_and_cannot_be_emptied(office: Client):
    department = DepartmentFactory(key="umwelt", name="Umwelt")
    address = f"/verwaltung/measures/department/{department.pk}/change/"
    sent = opened(office.get(address).content.decode())

    office.post(address, {**sent, "name": "Stadtgrün"})
    emptied = office.post(address, {**opened(office.get(address).content.decode()), "key": ""})

    assert "Dieses Feld ist zwingend erforderlich." in text_of(emptied.content.decode())
    department.refresh_from_db()
    assert (department.name, department.key) == ("Stadtgrün", "umwelt")


def test_row_without_a_name_is_asked_for_it(office: Client):
    page = office.post(ADD, {"name": "", "key": ""}).content.decode()

    assert "1 Fehler" in text_of(page)
    assert not Department.objects.exists()
