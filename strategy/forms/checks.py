"""System checks of the admin: whatever is public at once is written as such."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.core.checks import CheckMessage, Error
from django.db import models

from strategy.editions.public_rows import is_public
from strategy.forms.live_admin import LiveAdmin, ReadOnlyAdmin


def check_admins(**kwargs: Any) -> list[CheckMessage]:
    """Forms of what is public at once raise the public revision, and those that do are of nothing else."""
    return [
        error
        for model_admin in admin.site._registry.values()
        for model in (model_admin.model, *(inline.model for inline in model_admin.inlines))
        for error in _errors(model_admin, model)
    ]


def _errors(model_admin: "admin.ModelAdmin[Any]", model: type[models.Model]) -> Iterator[Error]:
    if is_public(model) and not isinstance(model_admin, LiveAdmin | ReadOnlyAdmin):
        yield Error(
            f"{type(model_admin).__name__} writes {model._meta.label}, which is public at once.",
            hint="Make it a LiveAdmin, so that the public revision rises.",
            id="strategy.E002",
        )
    if isinstance(model_admin, LiveAdmin) and not is_public(model):
        yield Error(
            f"{type(model_admin).__name__} writes {model._meta.label}, which is not declared as public at once.",
            hint="Declare it in its AppConfig (strategy.editions.public_rows.register), or make it a MergingAdmin.",
            id="strategy.E003",
        )
