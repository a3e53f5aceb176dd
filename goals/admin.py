"""Goals and SDGs in the admin."""

from django.contrib import admin

from goals.models import SDG, OperationalGoal, StrategicGoal
from strategy.level_admin import LevelAdmin


@admin.register(StrategicGoal)
class StrategicGoalAdmin(LevelAdmin):
    list_filter = ["assignment_confirmed", "is_sample"]


@admin.register(OperationalGoal)
class OperationalGoalAdmin(LevelAdmin):
    list_filter = ["is_sample"]


@admin.register(SDG)
class SDGAdmin(admin.ModelAdmin):
    """The United Nations' goals: their German names can be corrected, none added or removed."""

    list_display = ["number", "title", "colour"]

    def has_add_permission(self, request: object) -> bool:
        return False

    def has_delete_permission(self, request: object, obj: SDG | None = None) -> bool:
        return False
