"""The tree in the admin: a node is opened in the form of its level, and nothing there ends in an error."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from strategy.editions.working_tree import problems
from tests.strategy.outline import outline, plant

pytestmark = pytest.mark.django_db

TREE = """
    chapter Vorwort
    theme Bildung
      guideline Lernen
        strategic_goal Schulen
          operational_goal Zertifikate
            measure Kurse
"""


@pytest.fixture
def editor(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("redaktion"))
    return client


@pytest.mark.parametrize(
    ("title", "form"),
    [
        ("Vorwort", "themes/chapter"),
        ("Bildung", "themes/theme"),
        ("Lernen", "themes/guideline"),
        ("Schulen", "goals/strategicgoal"),
        ("Zertifikate", "goals/operationalgoal"),
        ("Kurse", "measures/measure"),
    ],
)
def test_form_of_a_node_is_that_of_its_level(editor: Client, title: str, form: str) -> None:
    node = plant(TREE)[title]

    response = editor.get(f"/verwaltung/strategy/node/{node.pk}/change/")

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/verwaltung/{form}/{node.pk}/change/",
    )


def test_place_in_the_tree_cannot_be_written_by_a_form(editor: Client) -> None:
    node = plant(TREE)["Kurse"]
    before = outline()
    data = {"path": "0009", "depth": 1, "numchild": 7, "title": "Anders", "slug": "anders"}

    response = editor.post(f"/verwaltung/strategy/node/{node.pk}/change/", data)

    assert response.status_code == 302
    assert outline() == before
    assert problems() == []


@pytest.mark.parametrize("pk", ["0", "abc"])
def test_form_of_no_node_leads_back_with_a_sentence(editor: Client, pk: str) -> None:
    response = editor.get(f"/verwaltung/strategy/node/{pk}/change/", follow=True)

    assert response.redirect_chain == [("/verwaltung/", 302)]
    assert f"„{pk}“" in response.content.decode()
