"""How people work on the strategy together: roles, the tree page, proposals, remarks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("editing")

    def ready(self) -> None:
        from editing.bulk.successors import beside_successors
        from editing.meetings.deferrals import beside_deferrals
        from editing.models import Proposal, Remark, Responsibility
        from strategy.editions.redaction.places import Records, register
        from strategy.undo import beside, built_on

        proposal = ("title", "above", "base", "content", "outcome", "reason", "answer")
        register(Records("proposals", _("Proposals"), "editing.Proposal", proposal))
        register(Records("remarks", _("Remarks"), "editing.Remark", ("title", "text")))
        register(Records("meetings", _("Meetings"), "editing.Meeting", ("body", "note"), "body"))
        agenda = ("title", "reason", "seen")
        register(Records("agendas", _("Agendas of meetings"), "editing.AgendaItem", agenda))
        built_on.register(
            built_on.rows_by_uid(Proposal, action__in=("change", "delete", "move")),
            _("there are proposals on it"),
        )
        built_on.register(built_on.rows_by_uid(Remark), _("there are remarks on it"))
        built_on.register(Responsibility.of_themes, _("somebody is responsible for it"))
        beside.register("successors", beside_successors)
        beside.register("deferrals", beside_deferrals)
