"""The lists of the admin, in the German order."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField

from strategy.german_order import GermanOrder


class GermanList(ChangeList):
    """A list whose columns of text are sorted in German. What a choice says is sorted by its key, as ever."""

    def get_ordering_field(self, field_name: Any) -> Any:
        """What a column is sorted by, by the name that `list_display` has for it."""
        by = super().get_ordering_field(field_name)
        return GermanOrder(by) if isinstance(by, str) and self._is_text(by) else by

    def _is_text(self, name: str) -> bool:
        try:
            field = self.lookup_opts.get_field(name)
        except FieldDoesNotExist:
            return False
        return isinstance(field, CharField) and not field.choices
