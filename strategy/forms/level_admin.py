"""What the admin of every level has in common. Rights hold on the node; every write leaves a record."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidPosition

from strategy.editions.adopted import decided_uids
from strategy.editions.cited_codes import cited_rows
from strategy.forms.agreement import tell_if_lost
from strategy.forms.german_list import GermanList
from strategy.forms.level_form import LevelForm, typed_texts
from strategy.forms.level_widgets import SCRIPT, formfield
from strategy.forms.once import OnceAdmin
from strategy.history import node_actions
from strategy.people import acting_user
from strategy.text.lazy_text import LazyText
from strategy.text.rules import folded
from strategy.tree.kinds import kinds_below
from strategy.tree.levels import level_of
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review
from strategy.validators import LineField

_ADOPTED = _(
    "The council has adopted this node. Whoever changes it says why, here: the reason stands beside the change in the "
    "Synopse."
)
_ADDRESS = (_("Web address"), {"fields": ["slug"]})
Group = tuple[LazyText, tuple[str, ...]]
Nested = list["str | Nested"]


class LevelAdmin(OnceAdmin):
    """The admin of one level. New nodes take the last place that their level may have."""

    form = LevelForm
    change_form_template = "admin/level/change_form.html"
    delete_confirmation_template = "admin/level/delete_confirmation.html"
    list_display = ["title", "review", "is_sample"]
    list_filter = ["review", "is_sample"]
    search_fields = ["title", "slug"]
    ordering = ["path"]
    actions = None
    save_on_top = True
    groups: tuple[Group, ...] = ()
    """The level's own fields as an editor thinks of them: a heading and its fields. What they leave out comes last."""

    class Media:
        js: ClassVar = [SCRIPT]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return GermanList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Node], search_term: str
    ) -> tuple[QuerySet[Node], bool]:
        """Those whose codes, title or address hold every word. Looked for here, since SQLite folds no umlaut."""
        words = folded(search_term).split()
        named = queryset.order_by().values_list("pk", "title", "slug") if words else ()
        codes = {row.pk: f"{row.code} {row.cited}" for row in cited_rows()} if words else {}
        matching = [
            pk
            for pk, *names in named
            if all(word in folded(" ".join([codes.get(pk, ""), *names])) for word in words)
        ]
        return (queryset.filter(pk__in=matching) if words else queryset), False

    def view_on_site(self, obj: Node) -> str:
        """The preview of this node's page."""
        return preview_address(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Node | None = None) -> list[Any]:
        place = [] if obj or self.model.KIND in kinds_below(None) else ["parent"]
        text = [*place, "title", "text", "easy_text"]
        reason = list(self._about_the_change(request, obj))
        groups = [
            (None, {"fields": text}),
            *((heading, {"fields": names}) for heading, names in self._all_groups()),
        ]
        if reason and obj and str(obj.uid) in decided_uids():
            return [
                (_("Adopted by the council"), {"fields": reason, "description": _ADOPTED}),
                *groups,
                _ADDRESS,
            ]
        heading, fields = _("Address and reason"), ["slug", *reason]
        return [*groups, (heading, {"fields": fields})]

    def _all_groups(self) -> Iterator[Group]:
        """The groups, and all fields of the level that are in none of them."""
        yield from self.groups
        grouped = {name for _heading, names in self.groups for name in names}
        fields = level_of(self.model.KIND).fields
        if rest := tuple(field.name for field in fields if field.is_loaded and field.name not in grouped):
            yield _("Further details"), rest

    def _about_the_change(self, request: HttpRequest, obj: Node | None) -> Iterator[str]:
        if obj is None:
            yield "reason"
        elif self.has_change_permission(request, obj):
            yield from ("reason", "opened_version")
            if obj.review == Review.AGREED and request.user.has_perm("strategy.correct_node"):
                yield "is_correction"

    def get_form(
        self, request: HttpRequest, obj: Node | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change=change, **kwargs)
        form.user = acting_user(request)
        if "reason" in form.base_fields:  # a page that leads here can know it
            form.base_fields["reason"].initial = request.GET.get("grund", "")
        return form

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The same fields as in a proposal: no pop-ups to add departments or SDGs beside them."""
        return formfield(db_field, **kwargs)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("strategy.view_node")

    def has_view_permission(self, request: HttpRequest, obj: Node | None = None) -> bool:
        return request.user.has_perm("strategy.view_node")

    def has_change_permission(self, request: HttpRequest, obj: Node | None = None) -> bool:
        return request.user.has_perm("strategy.change_node", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Node | None = None) -> bool:
        return request.user.has_perm("strategy.delete_node", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        if request.user.has_perm("strategy.add_node"):
            return True
        is_root = self.model.KIND in kinds_below(None)
        return not is_root and request.user.has_perm("strategy.change_node_in_theme")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What is sent is checked and written under the tree's lock, so that nothing changes in between."""
        if request.method != "POST":
            return super().changeform_view(request, *args, **kwargs)
        try:
            with locked_tree():
                return super().changeform_view(request, *args, **kwargs)
        except (InvalidPosition, Node.DoesNotExist) as error:
            self.message_user(request, str(error), messages.ERROR)
            return redirect("admin:index")

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """Where a form is sent of a node that is gone, what was typed is shown once more."""
        if request.method != "POST":
            return super()._get_obj_does_not_exist_redirect(request, opts, object_id)  # type: ignore[misc]
        context = {
            **self.admin_site.each_context(request),
            "title": _("This node has been deleted meanwhile"),
            "typed": typed_texts(self.model.KIND, request.POST),
        }
        return render(request, "admin/level/deleted.html", context, status=409)

    def save_model(self, request: HttpRequest, obj: Node, form: LevelForm, change: bool) -> None:
        reason = form.cleaned_data.get("reason", "")
        if change:
            is_correction = form.cleaned_data.get("is_correction", False)
            node_actions.change(
                obj, content=form.mine, by=acting_user(request), reason=reason, is_correction=is_correction
            )
            return
        parent = form.cleaned_data.get("parent")
        node = node_actions.add(
            kind=obj.kind,
            content=form.mine,
            parent=Node.objects.get(pk=parent) if parent else None,
            by=acting_user(request),
            reason=reason,
        )
        obj.pk = obj.id = obj.node_ptr_id = node.pk  # type: ignore[attr-defined]  # a level's own
        obj._state.adding = False

    def save_related(self, request: HttpRequest, form: LevelForm, formsets: Any, change: bool) -> None:
        """Nothing: the action has written the lists of rows, too."""

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: bool = False
    ) -> Any:
        return [{"added": {}}] if add else [{"changed": {"fields": sorted(form.mine)}}]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = False
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Node) -> HttpResponse:
        response = super().response_change(request, obj)
        tell_if_lost(request, obj)
        return response if "_continue" in request.POST else redirect(_in_the_tree(obj))

    def response_add(self, request: HttpRequest, obj: Node, post_url_continue: Any = None) -> HttpResponse:
        if "_continue" in request.POST:
            return super().response_add(request, obj, post_url_continue)
        super().response_add(request, obj, post_url_continue)
        return redirect(_in_the_tree(obj))

    def address_of(self, obj: Any) -> str:
        """Its place in the tree."""
        return _in_the_tree(obj)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The node with all that stands below it, level by level."""
        nodes = [node for obj in objs for node in Node.objects.get_tree(Node.objects.get(pk=obj.pk))]
        counts: dict[str, int] = {}
        for node in nodes:
            name = str(node.get_kind_display())
            counts[name] = counts.get(name, 0) + 1
        return _nested(nodes), counts, set(), []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Where it is refused, what would be deleted is shown as it is now, with the reason that was typed."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            typed = {"reason": request.POST.get("reason", "")}
            request.method, request.POST = "GET", QueryDict()
            return super().delete_view(request, object_id, {**(extra_context or {}), **typed})

    def render_delete_form(self, request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
        context["seen"] = node_actions.deletion_mark(context["object"])
        return super().render_delete_form(request, context)

    def delete_model(self, request: HttpRequest, obj: Node) -> None:
        reason = LineField(max_length=1000, blank=True).clean(request.POST.get("reason", ""), None) or ""
        node_actions.delete(obj, by=acting_user(request), reason=reason, seen=request.POST.get("seen", ""))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: Any) -> HttpResponse:
        super().response_delete(request, obj_display, obj_id)
        return redirect("admin:index")


def preview_address(node: Node) -> str:
    """The preview of this node's page; that of the whole strategy for a guideline, which has none."""
    address = level_of(node.kind).shape.address
    return reverse("preview:overview") + (f"{address}/{node.slug}/" if address else "")


def _in_the_tree(node: Node) -> str:
    return f"{reverse('admin:index')}?zeige={node.pk}#k{node.pk}"


def _nested(nodes: list[Node]) -> Nested:
    """Names of nodes in the order of the tree, as Django's nested lists."""
    lists: list[Nested] = [[]]
    top = nodes[0].depth if nodes else 1
    for node in nodes:
        depth = node.depth - top
        lists = lists[: depth + 1]
        inner: Nested = []
        lists[depth].append(f"{capfirst(str(node.get_kind_display()))}: {node.title}")
        lists[depth].append(inner)
        lists.append(inner)
    return _without_empty(lists[0])


def _without_empty(nested: Nested) -> Nested:
    return [_without_empty(each) if isinstance(each, list) else each for each in nested if each != []]
