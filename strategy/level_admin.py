"""What the admin of every level has in common: a form that places a new node, and text rules."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidPosition
from treebeard.forms import TreeNodeChoiceField

from strategy.document import ADDRESSES
from strategy.kinds import Kind, kinds_below
from strategy.tree import Node


def parents_of(kind: str) -> QuerySet[Node]:
    """The nodes below which a node of this kind may stand."""
    return Node.objects.filter(kind__in=[parent for parent in Kind if kind in kinds_below(parent)])


class LevelForm(forms.ModelForm):
    """A node of one level. When it is added, its parent is chosen; later it is moved in the tree."""

    parent = TreeNodeChoiceField(label=_("stands below"), queryset=Node.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.kind = self.instance.KIND
        choices = parents_of(self.instance.kind)
        if not self.instance._state.adding or self.instance.kind in kinds_below(None):
            del self.fields["parent"]
        else:
            self.fields["parent"].queryset = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        parent = cleaned.get("parent")
        if parent and self.instance.kind == Kind.GUIDELINE and parent.numchild:
            raise ValidationError({"parent": _("This theme already has its guideline.")})
        return cleaned


class LevelAdmin(admin.ModelAdmin):
    """The admin of one level. New nodes take the last place that their level may have."""

    form = LevelForm
    list_display = ["title", "slug", "is_sample"]
    search_fields = ["title", "slug"]
    ordering = ["path"]
    common: tuple[str, ...] = ("title", "text", "easy_text", "slug")

    def view_on_site(self, obj: Node) -> str:
        """The preview of this node's page; that of the whole strategy for a guideline, which has none."""
        address = ADDRESSES.get(obj.kind)
        return reverse("preview:overview") + (f"{address}/{obj.slug}/" if address else "")

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list:
        own = [f.name for f in self.model._meta.get_fields() if self._is_own(f)]
        place = [] if obj or self.model.KIND in kinds_below(None) else ["parent"]
        sets: list = [(None, {"fields": [*place, *self.common]})]
        return [*sets, (_("Facts"), {"fields": own})] if own else sets

    def _is_own(self, field: Any) -> bool:
        return bool(
            field.model is self.model and field.editable and not field.auto_created and not field.one_to_one
        )

    def save_model(self, request: HttpRequest, obj: Node, form: Any, change: bool) -> None:
        if change:
            obj.save()
        elif parent := form.cleaned_data.get("parent"):
            self.model.objects.add_child(parent, instance=obj)
        else:
            self.model.objects.add_root(instance=obj)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (InvalidPosition, Node.DoesNotExist) as error:
            self.message_user(request, str(error), level="ERROR")
            request.method = "GET"
            return super().changeform_view(request, *args, **kwargs)
