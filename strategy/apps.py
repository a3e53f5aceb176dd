"""The tree itself, editions and Documents."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StrategyConfig(AppConfig):
    name = "strategy"
    verbose_name = _("strategy")

    def ready(self) -> None:
        from strategy.editions import public_rows
        from strategy.editions.checks import check_role, check_triggers
        from strategy.editions.models import Edition, PublicState
        from strategy.editions.redaction.places import Records
        from strategy.editions.redaction.places import register as register_records
        from strategy.forms.checks import check_admins

        register(check_triggers, Tags.database)
        register(check_role, Tags.database, deploy=True)
        register(check_admins, Tags.admin)
        public_rows.register(Edition, PublicState)
        states = ("title", "reason", "before", "after")
        register_records(Records("history", _("History"), "strategy.HistoryRecord", states))
        register_records(Records("operations", _("History"), "strategy.Operation", ("title",)))
        register_records(Records("origins", _("Origin"), "strategy.Origin", ("origin_title",)))
        post_migrate.connect(create_triggers, sender=self)


def create_triggers(using: str, **kwargs: Any) -> None:
    """The one signal of the portal: migrations may remake a table and drop its triggers."""
    from strategy.editions import triggers
    from strategy.editions.models import EditionContent

    if EditionContent._meta.db_table in _tables(using):
        triggers.create(using)


def _tables(using: str) -> list[str]:
    from django.db import connections

    return connections[using].introspection.table_names()
