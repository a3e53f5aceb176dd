"""How people work on the strategy together: roles, the tree page, proposals, remarks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("editing")

    def ready(self) -> None:
        from strategy.editions.redaction.places import Records, register

        proposal = ("title", "base", "content", "reason", "answer")
        register(Records("proposals", _("Proposals"), "editing.Proposal", proposal))
        register(Records("remarks", _("Remarks"), "editing.Remark", ("title", "text")))
        register(Records("meetings", _("Meetings"), "editing.Meeting", ("body", "note"), "body"))
        agenda = ("title", "reason", "seen")
        register(Records("agendas", _("Agendas of meetings"), "editing.AgendaItem", agenda))
