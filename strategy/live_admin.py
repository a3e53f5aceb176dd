"""The admin of data that are public at once."""

from typing import Any

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest

from strategy.editions import PublicState
from strategy.level_widgets import NATIVE_DATES


class LiveAdmin(admin.ModelAdmin):
    """Whatever is saved or deleted here raises the public revision in the same transaction."""

    formfield_overrides = NATIVE_DATES

    @transaction.atomic
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        PublicState.objects.raise_revision()

    @transaction.atomic
    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        PublicState.objects.raise_revision()

    @transaction.atomic
    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        super().delete_queryset(request, queryset)
        PublicState.objects.raise_revision()
