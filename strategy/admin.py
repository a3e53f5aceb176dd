"""The tree, the title page and the editions in the admin."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from strategy.editions.models import Edition, Publication, Strategy
from strategy.forms.live_admin import MergingAdmin, ReadOnlyAdmin
from strategy.tree.levels import own
from strategy.tree.models import Node


@admin.register(Node)
class NodeAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Not a page of its own: the list is the tree page, and a node is opened in the form of its own level."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # a node is added in the form of its level

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._require_view(request)
        return redirect("admin:index")

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> Any:
        self._require_view(request)
        if node := self.get_object(request, unquote(object_id)):
            query = request.META.get("QUERY_STRING")
            return redirect(f"{form_address(node)}?{query}" if query else form_address(node))
        return super().change_view(request, object_id, *args, **kwargs)

    def _require_view(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied


def form_address(node: Node) -> str:
    """The form of a node's own level."""
    meta = own(node)._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[node.pk])


@admin.register(Strategy)
class StrategyAdmin(MergingAdmin):
    """The title page of the working tree: one row."""

    list_display = ["title", "city", "edition_title"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_change_permission(request) and not Strategy.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Strategy | None = None) -> bool:
        return False


class PublicationInline(admin.StackedInline):  # type: ignore[type-arg]
    """When an edition was shown."""

    model = Publication
    extra = 0
    can_delete = False
    fields = ["published_at", "published_by", "taken_back_at", "taken_back_by"]
    readonly_fields = ["published_at", "published_by", "taken_back_at", "taken_back_by"]

    def has_view_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return request.user.has_perm("strategy.view_edition")

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        return False


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """Editions can be looked at here; their content can be changed nowhere."""

    change_form_template = "admin/strategy/edition_change_form.html"
    list_display = ["title", "state", "frozen_at", "published_at", "withheld_on", "read"]
    list_filter = ["state", "has_sample"]
    search_fields = ["title", "slug"]
    ordering = ["-frozen_at"]
    inlines = [PublicationInline]

    @admin.display(description=_("read"))
    def read(self, edition: Edition) -> str:
        """A link to the edition as readers see it."""
        address = reverse("staff:overview", kwargs={"edition": edition.slug})
        return format_html('<a href="{}">{}</a>', address, _("read “%(title)s”") % {"title": edition.title})
