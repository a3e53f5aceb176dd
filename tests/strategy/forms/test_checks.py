"""The system check that no admin writes what is public at once in a way of its own."""

import pytest
from django.contrib import admin
from django.core.checks import run_checks

from council.consultations import Consultation
from goals.models import SDG
from measures.models import Department
from strategy.editions.models import Edition
from strategy.forms.live_admin import LiveAdmin, MergingAdmin, MergingInline, ReadOnlyAdmin


class PlainAdmin(MergingAdmin):
    pass


class ConsultationsBelow(MergingInline):
    model = Consultation


class AdminWithRowsBelow(MergingAdmin):
    inlines = [ConsultationsBelow]


class ForgottenAdmin(LiveAdmin):
    pass


class LookedAtAdmin(ReadOnlyAdmin):
    pass


def found(monkeypatch: pytest.MonkeyPatch, model: type, admin_class: type[admin.ModelAdmin]) -> list[str]:
    """What is said where this is the model's admin."""
    monkeypatch.setitem(admin.site._registry, model, admin_class(model, admin.site))
    return [f"{each.id} {each.msg}" for each in run_checks(tags=["admin"]) if each.id.startswith("strategy.")]


def test_portal_has_none_of_these_errors():
    assert run_checks(tags=["admin"]) == []


def test_public_model_in_another_admin(monkeypatch: pytest.MonkeyPatch):
    assert found(monkeypatch, Department, PlainAdmin) == [
        "strategy.E002 PlainAdmin writes measures.Department, which is public at once."
    ]


def test_public_rows_below_in_another_admin(monkeypatch: pytest.MonkeyPatch):
    assert found(monkeypatch, SDG, AdminWithRowsBelow) == [
        "strategy.E002 AdminWithRowsBelow writes council.Consultation, which is public at once."
    ]


def test_model_that_is_not_declared(monkeypatch: pytest.MonkeyPatch):
    assert found(monkeypatch, SDG, ForgottenAdmin) == [
        "strategy.E003 ForgottenAdmin writes goals.SDG, which is not declared as public at once."
    ]


def test_what_is_only_looked_at(monkeypatch: pytest.MonkeyPatch):
    assert found(monkeypatch, Edition, LookedAtAdmin) == []
