"""What databases refuse in an address (a NUL, thousands of words, huge numbers): left aside, as other nonsense is."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from strategy.tree.models import Node
from tests.factories import MeasureFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(UserFactory(is_staff=True, is_superuser=True))
    return client


def lists() -> list[str]:
    """The list of every registered model, with each of its filters, its search, and any field at all.

    But that of the nodes, which only leads to the tree.
    """
    found = []
    for model, model_admin in admin.site._registry.items():
        if model is Node:
            continue
        address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        named = [each[0] if isinstance(each, tuple) else each for each in model_admin.list_filter]
        fields = [f"{name}__exact" for name in named if isinstance(name, str)]
        found += [f"{address}?{name}=%00" for name in (*fields, "q", "o", "p", "pk__exact", "a%00b")]
    return found


def test_null_character_is_no_error_of_ours_in_any_list(client: Client):
    MeasureFactory()

    answers = {address: client.get(address).status_code for address in lists()}

    assert {address: status for address, status in answers.items() if status != 200} == {}
    assert "review__exact=%00" in "".join(answers)


def test_filter_with_a_null_character_is_left_aside_and_the_others_hold(client: Client):
    User.objects.create_user("anna", is_staff=True)
    User.objects.create_user("berta")

    page = client.get("/verwaltung/auth/user/?is_active__exact=%00&is_staff__exact=1").content.decode()

    assert ("anna" in page, "berta" in page) == (True, False)


def test_null_character_is_no_error_of_ours_where_names_are_completed(client: Client):
    query = "?app_label=measures&model_name=measure&field_name=lead&term=%00"

    assert client.get(f"/verwaltung/autocomplete/{query}").status_code == 200


def test_search_for_thousands_of_words_is_left_aside(client: Client):
    User.objects.create_user("anna", is_staff=True)
    many = "+".join(["wort"] * 2000)

    answers = [client.get(f"{address.partition('?')[0]}?q={many}") for address in lists()[::5]]
    term = client.get(
        f"/verwaltung/autocomplete/?app_label=measures&model_name=measure&field_name=lead&term={many}"
    )
    found = client.get("/verwaltung/auth/user/?q=" + "anna+" * 100).content.decode()

    assert {answer.status_code for answer in (*answers, term)} == {200}
    assert "1 Benutzer" in found


def test_number_that_no_row_can_have_is_no_error_of_ours(client: Client):
    addresses = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=[2**63])
        for model in admin.site._registry
        for page in ("change", "delete", "history")
    ]
    addresses.append(f"/verwaltung/auth/user/{'9' * 400}/change/")

    assert {client.get(address).status_code for address in addresses} == {404}
