"""Sentences of Django's admin that the portal says in other words: its own catalogue goes before that of Django.

They stand here so that the catalogue is compared with them (tests/check_translations.py, test_words_of_packages.py).
"""

from django.utils.translation import gettext_noop as _

SAID_OTHERWISE = (
    _("The {name} “{obj}” was added successfully."),
    _("The {name} “{obj}” was changed successfully."),
    _("The {name} “{obj}” was added successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may add another {name} below."),
    _("The {name} “{obj}” was changed successfully. You may edit it again below."),
    _("You may edit it again below."),
    _("The %(name)s “%(obj)s” was deleted successfully."),
    _("%(name)s with ID “%(key)s” doesn’t exist. Perhaps it was deleted?"),
    _("Add %s"),
    _("Cannot delete %(name)s"),
    _("Any date"),
    _("Show counts"),
    _("Hide counts"),
)
