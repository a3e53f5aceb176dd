"""The council's papers in the admin."""

from django.contrib import admin
from django.db import models

from council.models import Consultation, Paper
from strategy.level_widgets import NATIVE_DATES


class ConsultationInline(admin.StackedInline):
    model = Consultation
    extra = 0
    formfield_overrides = NATIVE_DATES


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin):
    list_display = ["reference", "name", "under_direction_of"]
    search_fields = ["reference", "name"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [ConsultationInline]
