"""The pages that the law asks for, and reports of barriers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LegalConfig(AppConfig):
    name = "legal"
    verbose_name = _("legal texts and barriers")

    def ready(self) -> None:
        from legal.models import LegalPage
        from strategy.editions import public_rows

        public_rows.register(LegalPage)
