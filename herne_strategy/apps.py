"""The portal as a whole, and its admin site."""

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class PortalConfig(AppConfig):
    name = "herne_strategy"
    verbose_name = _("portal")

    def ready(self) -> None:
        from django.core.checks import Tags, register

        from editing.help.sections import explain
        from herne_strategy.checks import check_translations
        from herne_strategy.deploy_checks import check_settings
        from herne_strategy.readiness import check_readiness

        explain("herne_strategy.persons", "Personen")
        register(check_translations)
        register(check_settings, Tags.security, deploy=True)
        register(check_readiness, Tags.database, deploy=True)


class PortalAdminConfig(AdminConfig):
    default_site = "herne_strategy.admin_site.PortalAdminSite"

    def ready(self) -> None:
        """All admin modules are loaded then; what they registered of the accounts is replaced by ours."""
        super().ready()
        import herne_strategy.users_admin  # noqa: F401
