"""Goals and SDGs in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from goals.models import SDG, OperationalGoal, StrategicGoal
from strategy.forms.level_admin import LevelAdmin
from strategy.forms.live_admin import MergingAdmin


@admin.register(StrategicGoal)
class StrategicGoalAdmin(LevelAdmin):
    """Strategic goals, with the note on an assignment that is not confirmed."""

    list_filter = ["review", "assignment_confirmed", "is_sample"]
    next_label = _("Save, and next goal")
    groups = (
        (_("What it serves"), ("horizon", "sdgs", "also_serves")),
        (_("Its place in the strategy"), ("assignment_confirmed", "assignment_note")),
    )


@admin.register(OperationalGoal)
class OperationalGoalAdmin(LevelAdmin):
    """Operational goals: base and target value stand beside what is measured."""

    next_label = _("Save, and next goal")
    groups = (
        (
            _("How it is measured"),
            (("due_year", "value_name", "unit"), ("base_value", "base_year", "target_value")),
        ),
        (_("What it serves"), (("sdg_targets", "dns_references", "nhs_nrw_references"),)),
    )


@admin.register(SDG)
class SDGAdmin(MergingAdmin):
    """The United Nations' goals: their German names can be corrected, none added or removed."""

    list_display = ["number", "title", "colour"]
    fields = [("number", "title"), "long_title", ("colour", "text_colour")]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: SDG | None = None) -> bool:
        return False
