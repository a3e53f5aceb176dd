"""Legal texts and reported barriers in the admin."""

from typing import Any

from django import forms
from django.contrib import admin
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from legal.legal_page import delivered, missing_slugs
from legal.models import BarrierReport, LegalPage, LegalSlug
from strategy.forms.live_admin import LiveAdmin
from strategy.people import acting_user

WHAT_THE_LAW_WANTS = {
    LegalSlug.IMPRINT: _(
        "The law (§ 5 DDG, § 18 MStV) wants: name and full address, legal form and who represents the city, "
        "e-mail and a second quick way of contact, the supervisory authority and the VAT number where there "
        "are any, and who answers for editorial content."
    ),
    LegalSlug.PRIVACY: _(
        "The law (Art. 13 and 14 DSGVO, DSG NRW) wants: who is responsible, the data protection officer, "
        "every purpose with its legal basis, recipients and retention, the rights of those concerned, and "
        "the supervisory authority LDI NRW. § 25 TDDDG: nothing is kept on readers' devices, so no consent "
        "is asked for."
    ),
    LegalSlug.ACCESSIBILITY: _(
        "The law (§ 10b BGG NRW, § 4 BITVNRW) wants: what is not accessible, why, and what there is instead; "
        "date and method of the check against EN 301 549 V3.2.1; the link to the form for reporting "
        "barriers; the ombuds office (§ 10d BGG NRW). It is reviewed once a year at least, and sent to the "
        "Überwachungsstelle."
    ),
    LegalSlug.EASY_LANGUAGE: _(
        "Cities are to tell (§ 3 BITVNRW), in Leichte Sprache: what the website contains, how to find one's "
        "way, and what else there is in Leichte Sprache. A group of people who need Leichte Sprache should "
        "check the text."
    ),
    LegalSlug.SIGN_LANGUAGE: _(
        "Cities are to tell (§ 3 BITVNRW), in German Sign Language: what the website contains, how to find "
        "one's way, and what else there is in sign language. Link the videos here once there are any."
    ),
}


@admin.register(LegalPage)
class LegalPageAdmin(LiveAdmin):
    """Each page is there once. Only one without a row can be added, beginning with the delivered text."""

    list_display = ["title", "slug", "is_placeholder", "changed_on"]
    list_filter = ["is_placeholder"]

    def get_fieldsets(self, request: HttpRequest, obj: LegalPage | None = None) -> Any:
        slug = obj.slug if obj else self._slug_to_add()
        fields = ["slug", "title", "text", "is_placeholder", "changed_on"]
        return [(None, {"fields": fields, "description": WHAT_THE_LAW_WANTS[LegalSlug(slug)]})]

    def get_readonly_fields(self, request: HttpRequest, obj: LegalPage | None = None) -> list[str]:
        return ["slug", "changed_on"] if obj else ["changed_on"]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return model_to_dict(delivered(self._slug_to_add()))

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Missing pages are added one by one, so that text and address belong together."""
        if db_field.name == "slug":
            slug = LegalSlug(self._slug_to_add())
            return forms.ChoiceField(label=_("page"), choices=[(slug.value, slug.label)])
        return super().formfield_for_choice_field(db_field, request, **kwargs)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return super().has_add_permission(request) and bool(missing_slugs())

    def has_delete_permission(self, request: HttpRequest, obj: LegalPage | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: LegalPage, form: Any, change: bool) -> None:
        obj.changed_on = timezone.localdate()
        super().save_model(request, obj, form, change)

    @staticmethod
    def _slug_to_add() -> str:
        return next(iter(missing_slugs()), LegalSlug.IMPRINT)


@admin.register(BarrierReport)
class BarrierReportAdmin(admin.ModelAdmin):
    """What citizens wrote stays as it is; only whether it was dealt with can be set."""

    list_display = ["created_at", "excerpt", "page", "mailing", "is_done"]
    list_filter = ["is_done", ("mailed_at", admin.EmptyFieldListFilter), "created_at"]
    search_fields = ["text", "page"]
    readonly_fields = ["text", "page", "name", "email", "created_at", "mailing", "done_at", "done_by"]
    fieldsets = [
        (
            None,
            {
                "fields": ["text", "page", "name", "email", "created_at", "mailing"],
                "description": _(
                    "The law (§ 10b BGG NRW) wants an answer within a reasonable time. Reports that could "
                    "not be mailed are only here. Name and e-mail serve the answer alone; when they are no "
                    "longer needed, the administrator deletes the report."
                ),
            },
        ),
        (_("Dealt with"), {"fields": ["is_done", "done_at", "done_by"]}),
    ]

    @admin.display(description=_("report"))
    def excerpt(self, report: BarrierReport) -> str:
        return report.text if len(report.text) <= 80 else f"{report.text[:79]}…"

    @admin.display(description=_("mail"), ordering="mailed_at")
    def mailing(self, report: BarrierReport) -> str:
        return str(_("mailed")) if report.mailed_at else str(_("NOT mailed"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: BarrierReport, form: Any, change: bool) -> None:
        if "is_done" in form.changed_data:
            obj.mark(done=obj.is_done, by=acting_user(request))
        super().save_model(request, obj, form, change)
