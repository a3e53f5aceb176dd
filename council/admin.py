"""The council's papers in the admin."""

from django.contrib import admin
from django.db import models

from council.models import Consultation, Paper


class ConsultationInline(admin.TabularInline):
    model = Consultation
    extra = 0


@admin.register(Paper)
class PaperAdmin(admin.ModelAdmin):
    list_display = ["reference", "name", "under_direction_of"]
    search_fields = ["reference", "name"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [ConsultationInline]
