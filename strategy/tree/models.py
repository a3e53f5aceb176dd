"""The working tree: one table for what all levels share, and what keeps it whole."""

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self, TypeVar

from django.core.exceptions import ValidationError
from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from treebeard.exceptions import InvalidMoveToDescendant, InvalidPosition
from treebeard.mp_tree import MP_Node, MP_NodeManager, MP_NodeQuerySet

from strategy.people import person_field
from strategy.text.slugs import next_slug, slug_base
from strategy.tree.arranging import write_places
from strategy.tree.kept_slugs import KeptSlug, TakenFor
from strategy.tree.kinds import DEPTHS, Kind, admits, last_place
from strategy.tree.paths import TREE_FIELDS, parent_path
from strategy.tree.placement import Orders, Parent, PlacedNode, Placement
from strategy.tree.review import Review
from strategy.tree.subtrees import Subtree
from strategy.validators import AddressField, LineField, LongTextField


class TreeLock(models.Model):
    """One row. Whoever changes the structure of the tree holds it until the end of the transaction."""

    class Meta:
        verbose_name = _("tree lock")

    def __str__(self) -> str:
        return "TreeLock"


@contextmanager
def locked_tree() -> Iterator[None]:
    """A transaction in which nobody else changes the structure of the tree."""
    with transaction.atomic():
        TreeLock.objects.select_for_update().get_or_create(pk=1)
        yield


_N = TypeVar("_N", bound="Node")


class NodeQuerySet(MP_NodeQuerySet[_N]):
    """Nodes in the order of the tree."""

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete these nodes with all that stands below them."""
        with locked_tree():
            return super().delete(*args, **kwargs)

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]


class NodeManager(MP_NodeManager[_N]):
    """Treebeard's manager, under the lock and the level rules. A refused place raises InvalidPosition."""

    def get_queryset(self) -> NodeQuerySet[_N]:
        return NodeQuerySet(self.model, using=self._db).order_by("path")

    def add_root(self, create_kwargs: dict[str, Any] | None = None, *, instance: _N | None = None) -> _N:
        """Add a root at the last place that its level may have."""
        node = instance or self.model(**create_kwargs or {})
        with locked_tree():
            roots = list(self.get_root_nodes())
            index = _place(node.kind, None, roots)
            if index < len(roots):
                return super().add_sibling(roots[index], "left", instance=node)
            return super().add_root(instance=node)

    def add_child(
        self, target: _N, create_kwargs: dict[str, Any] | None = None, *, instance: _N | None = None
    ) -> _N:
        """Add a child at the last place that its level may have below `target`."""
        node = instance or self.model(**create_kwargs or {})
        with locked_tree():
            self._refresh_tree_fields(target)
            children = list(self.get_children(target))
            index = _place(node.kind, target.kind, children)
            if index < len(children):
                super().add_sibling(children[index], "left", instance=node)
                self._refresh_tree_fields(target)
                return node
            return super().add_child(target, instance=node)

    def add_sibling(
        self,
        target: _N,
        pos: str | None = None,
        create_kwargs: dict[str, Any] | None = None,
        *,
        instance: _N | None = None,
    ) -> _N:
        """Add a sibling of `target` exactly at `pos`."""
        node = instance or self.model(**create_kwargs or {})
        pos = self._prepare_pos_var_for_add_sibling(pos)
        with locked_tree():
            self._refresh_tree_fields(target)
            siblings = list(self.get_siblings(target))
            parent = self.get_parent(target, update=True)
            _check_place(node.kind, parent, siblings, _index(siblings, target, pos))
            return super().add_sibling(target, pos, instance=node)

    def move(self, node: _N, target: _N, pos: str | None = None) -> None:
        """Move `node` with all below it. As "last-child" it takes the last place that its level may have."""
        pos = self._prepare_pos_var_for_move(pos)
        with locked_tree():
            self._refresh_tree_fields(node, target)
            if target.is_descendant_of(node) or (target.pk == node.pk and pos.endswith("-child")):
                raise InvalidMoveToDescendant(_("A node cannot be moved below itself."))
            if pos.endswith("-child"):
                siblings = [child for child in self.get_children(target) if child.pk != node.pk]
                if pos == "first-child":
                    _check_place(node.kind, target, siblings, 0)
                elif (index := _place(node.kind, target.kind, siblings)) < len(siblings):
                    target, pos = siblings[index], "left"
            else:
                siblings = [each for each in self.get_siblings(target) if each.pk != node.pk]
                parent = self.get_parent(target, update=True)
                _check_place(node.kind, parent, siblings, _index(siblings, target, pos))
            super().move(node, target, pos)

    def add_subtrees(self, parent: _N | None, trees: Sequence[Subtree]) -> None:
        """Add new nodes with all below them as the last children of `parent` (None: as the last roots)."""
        new = [each for tree in trees for each in tree.walk()]
        orders: dict[Parent, list[str]] = {
            each.uid: [child.uid for child in each.children] for each in new if each.children
        }
        above = str(parent.uid) if parent else None
        with locked_tree():
            nodes, slugs = self._placed()
            path = next((node.path for node in nodes if node.uid == above), "")
            there = [node.uid for node in nodes if node.path and parent_path(node.path) == path]
            orders[above] = [*there, *(tree.uid for tree in trees)]
            self._arrange(orders, [each.node for each in new], nodes, slugs)
            if parent:
                self._refresh_tree_fields(parent)

    def arrange(self, orders: Orders, new: Sequence["Node"] = ()) -> None:
        """Give each of these parents all children of its list, in that order; what is `new` is added.

        For many nodes at once: a query a node that is new or goes elsewhere, and a few more. InvalidPosition, and
        nothing done, where the levels do not admit it.
        """
        with locked_tree():
            self._arrange(orders, new, *self._placed())

    def _placed(self) -> tuple[list[PlacedNode], set[str]]:
        """Every node in the order of the tree, and the addresses that are taken."""
        rows = list(self.values_list("uid", "kind", "path", "pk", "slug"))
        nodes = [PlacedNode(str(uid), kind, path, pk) for uid, kind, path, pk, _slug in rows]
        return nodes, {row[-1] for row in rows}

    def _arrange(
        self, orders: Orders, new: Sequence["Node"], nodes: Sequence[PlacedNode], slugs: set[str]
    ) -> None:
        added = [PlacedNode(str(node.uid), node.kind) for node in new]
        placement = Placement([*nodes, *added], orders)
        if placement.unknown():
            raise Node.DoesNotExist(_("This node has been deleted meanwhile."))
        if wrong := placement.misplaced():
            raise InvalidPosition(_misplaced(*wrong, is_order=admits(wrong[1], [wrong[0]])))
        if strays := placement.strays():
            raise ValueError(f"In no list of children, or in two: {', '.join(sorted(strays))}.")
        write_places(Node, placement, new, slugs)


def _place(kind: str, parent: str | None, siblings: Sequence["Node"]) -> int:
    index = last_place(parent, [sibling.kind for sibling in siblings], kind)
    if index is None:
        raise InvalidPosition(_misplaced(kind, parent, bool(siblings)))
    return index


def _check_place(kind: str, parent: "Node | None", siblings: Sequence["Node"], index: int) -> None:
    kinds = [sibling.kind for sibling in siblings]
    above = parent.kind if parent else None
    if not admits(above, [*kinds[:index], kind, *kinds[index:]]):
        raise InvalidPosition(_misplaced(kind, above, last_place(above, kinds, kind) is not None))


def _misplaced(kind: str, parent: str | None, is_order: bool) -> str:
    names = {"kind": Kind(kind).label, "parent": Kind(parent).label if parent else _("the strategy itself")}
    if is_order and admits(parent, [kind]):
        return _("This place is not possible for a %(kind)s below “%(parent)s”.") % names
    return _("A %(kind)s cannot stand directly below “%(parent)s”.") % names


def _index(siblings: Sequence["Node"], target: "Node", pos: str) -> int:
    at = sum(each.path < target.path for each in siblings)
    after = at + any(each.pk == target.pk for each in siblings)  # not there where a node moves beside itself
    return {"first-sibling": 0, "left": at, "right": after, "last-sibling": len(siblings)}[pos]


class Node(MP_Node):
    """A node of the working tree (Knoten): what all levels share. Each level adds a table of its own."""

    KIND: ClassVar[Kind | None] = None

    uid = models.UUIDField(_("identity"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("level"), max_length=20, choices=Kind, editable=False)
    title = LineField(_("title"), max_length=300)
    slug = AddressField(
        _("address"),
        max_length=80,
        unique=True,
        blank=True,
        help_text=_(
            "Part of the page's web address. Made from the title once, and kept when the title changes."
        ),
    )
    text = LongTextField(_("text"), blank=True, help_text=_("Markdown. Please name no persons."))
    easy_text = LongTextField(
        _("text in plain German"), blank=True, help_text=_("The same in Leichte Sprache: short sentences.")
    )
    is_sample = models.BooleanField(_("sample data"), default=False, editable=False)
    loaded_digest = models.CharField(max_length=64, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)  # raised when the content changes
    review = models.CharField(
        _("review state"), max_length=10, choices=Review, default=Review.DRAFT, editable=False
    )
    reviewed_at = models.DateTimeField(_("review state since"), null=True, editable=False)
    reviewed_by = person_field(_("review state set by"), null=True, editable=False)

    objects: ClassVar[NodeManager[Self]] = NodeManager()

    class Meta:
        verbose_name = _("node")
        verbose_name_plural = _("nodes")
        permissions: ClassVar = [
            ("change_node_in_theme", _("Can change nodes of their own themes")),
            ("agree_node", _("Can mark nodes as agreed")),
            ("correct_node", _("Can make editorial corrections to agreed nodes")),
            ("propose_change", _("Can propose changes")),
        ]
        constraints = [
            models.CheckConstraint(
                name="strategy_node_depth_fits_kind",
                condition=Q(
                    *(Q(kind=kind, depth__in=depths) for kind, depths in DEPTHS.items()), _connector=Q.OR
                ),
                violation_error_message=_("This level cannot stand at this depth of the tree."),
            ),
            models.CheckConstraint(
                name="strategy_node_slug_not_empty",
                condition=~Q(slug=""),
                violation_error_message=_("The address must not be empty."),
            ),
            models.CheckConstraint(
                name="strategy_node_sample_is_named",
                condition=Q(is_sample=False) | Q(title__startswith="Beispiel:") | Q(kind=Kind.GUIDELINE),
                violation_error_message=_("The title of sample data begins with “Beispiel:”."),
            ),
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.KIND and not self.kind:
            self.kind = self.KIND

    def __str__(self) -> str:
        return self.title

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """An address that is kept for another node is refused, unless this one has had it all along."""
        super().clean_fields(exclude=exclude)
        if "slug" in (exclude or ()):
            return
        kept = KeptSlug.objects.refusing(self.slug, self.uid)
        if kept and (self._state.adding or not Node.objects.filter(pk=self.pk, slug=self.slug).exists()):
            raise ValidationError({"slug": kept.refusal})

    def clean(self) -> None:
        super().clean()
        if self._state.adding and not self.slug:
            self.slug = _free_slug(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save the content. The place of an existing node is never written: only the manager moves it.

        Under the tree's lock, too: a form that is saved and a deletion would wait for each other's rows.
        """
        if self._state.adding:
            self.slug = self.slug or _free_slug(self)
            super().save(*args, **kwargs)
            return
        names = kwargs.pop("update_fields", None)
        if names is None:
            names = [field.name for field in self._meta.concrete_fields]
        fields = [name for name in names if name not in TREE_FIELDS and not self._is_key(name)]
        try:
            with locked_tree():
                super().save(*args, update_fields=fields, **kwargs)
        except DatabaseError as error:
            if type(error) is DatabaseError or not Node.objects.filter(pk=self.pk).exists():
                raise Node.DoesNotExist(_("This node has been deleted meanwhile.")) from error
            raise

    def _is_key(self, name: str) -> bool:
        return name == "id" or getattr(self._meta.get_field(name), "primary_key", False)


def _free_slug(node: Node) -> str:
    base = slug_base(node.title)
    others = set(Node.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    kept = KeptSlug.objects.filter(slug__startswith=base).by_slug()
    return next_slug(base, TakenFor(node.uid, others, kept))[0]
