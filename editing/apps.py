"""How people work on the strategy together: roles, the tree page, proposals, remarks."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EditingConfig(AppConfig):
    name = "editing"
    verbose_name = _("editing")
