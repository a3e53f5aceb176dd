"""How people work on the strategy together: roles, the tree page, proposals, remarks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("editing")

    def ready(self) -> None:
        from strategy.editions.redaction.places import Records, register

        proposal = ("title", "above", "base", "content", "outcome", "reason", "answer")
        register(Records("proposals", _("Proposals"), "editing.Proposal", proposal))
        register(Records("remarks", _("Remarks"), "editing.Remark", ("title", "text")))
