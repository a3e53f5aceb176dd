"""What the council has before it, and what it decided."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CouncilConfig(AppConfig):
    name = "council"
    verbose_name = _("council")

    def ready(self) -> None:
        from council.auxiliary_files import PROTECTION, AuxiliaryFile, file_damage, kept_files_of
        from council.basis import basis
        from council.bodies import Body
        from council.consultations import Consultation, GroupVote, Resolution
        from council.papers import Paper, PaperMeasure
        from council.record import papers_on_measures_of, record_of
        from council.record_actions import check_and_keep
        from printing import kept_files
        from printing.record import register
        from strategy.editions import integrity, public_rows, triggers
        from strategy.tree.levels import register_meta
        from strategy.undo import built_on

        register_meta("basis", basis)
        register(record_of, papers_on_measures_of)
        kept_files.register(kept_files_of)
        integrity.register(file_damage)
        triggers.register(PROTECTION)
        record = (Body, Paper, PaperMeasure, Consultation, Resolution, GroupVote)
        public_rows.register(*record, then=check_and_keep)
        public_rows.register(AuxiliaryFile)
        built_on.register(built_on.rows_by_uid(PaperMeasure), _("a council paper names it"))
