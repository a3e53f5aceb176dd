"""How staff logs in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("login")

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from accounts.checks import check_secrets
        from accounts.security_events import connect

        connect()
        register(check_secrets, Tags.database)
