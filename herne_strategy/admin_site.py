"""The admin at /verwaltung/."""

from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class PortalAdminSite(AdminSite):
    site_header = _("Sustainability strategy: administration")
    site_title = _("Administration")
    index_title = _("What would you like to work on?")
    enable_nav_sidebar = False
