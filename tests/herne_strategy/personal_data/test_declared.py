"""Whatever the portal stores about people is declared, and said where people read it."""

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import models
from django.test.utils import isolate_apps

from herne_strategy.personal_data.kinds import kinds
from tests.herne_strategy.personal_data import documents
from tests.herne_strategy.personal_data.other_fields import NOT_PERSONAL, fields_in_question, fields_of

pytestmark = pytest.mark.once
DECLARED = {field for kind in kinds() for field in kind.fields}
OTHERS = {field for fields in NOT_PERSONAL.values() for field in fields.split()}


def test_each_field_that_could_say_something_about_people_is_declared_or_named_with_a_reason():
    assert fields_in_question() - DECLARED - OTHERS == set()


@isolate_apps("strategy")
def test_a_new_field_is_asked_about_where_it_could_say_something_about_people():
    class Visit(models.Model):
        by = models.ForeignKey(User, on_delete=models.CASCADE)
        at = models.DateTimeField()
        address = models.GenericIPAddressField()
        email = models.EmailField()
        browser = models.CharField(max_length=20)
        kind = models.CharField(max_length=20, choices=[("a", "A")])
        count = models.IntegerField()

        class Meta:
            app_label = "strategy"

        def __str__(self) -> str:
            return "visit"

    assert {field.name for field in fields_of(Visit)} == {"by", "at", "address", "email", "browser"}


def test_no_field_is_declared_that_is_not_there_or_is_named_twice():
    for name in DECLARED | OTHERS:
        label, _dot, field = name.rpartition(".")
        assert apps.get_model(label)._meta.get_field(field)

    assert not DECLARED & OTHERS
    assert not OTHERS - fields_in_question()


def test_each_kind_says_what_for_how_long_and_who_sees_it():
    for kind in kinds():
        assert all((kind.name, kind.holds, kind.purpose, kind.basis, kind.period, kind.seen_by)), kind.name

    assert len({kind.name for kind in kinds()}) == len(kinds())


def test_the_delivered_privacy_page_names_each_kind_with_purpose_and_period():
    text = documents.PRIVACY.read_text()

    assert documents.replaced(text, documents.PRIVACY_HEADING, documents.privacy_section()) == text
    for kind in kinds():
        assert f"### {kind.name} (" in text
        assert f"Zweck: {kind.purpose}\n" in text
        assert f"Speicherdauer: {kind.period}\n" in text


def test_the_operators_record_holds_each_kind():
    text = documents.RECORD.read_text()

    assert documents.replaced(text, documents.RECORD_HEADING, documents.record_section()) == text
    assert all(f"| {kind.name} |" in text for kind in kinds())


def test_set_periods_are_those_that_are_told(settings):
    settings.BARRIER_REPORT_DAYS, settings.ADMIN_LOG_DAYS, settings.LOCKED_ACCOUNT_DAYS = 91, 92, 93
    settings.LOG_DAYS, settings.SECURITY_LOG_DAYS = 94, 95

    told = " ".join(kind.period for kind in kinds())

    assert all(f"{days} Tage" in told for days in (91, 92, 93, 94, 95))
