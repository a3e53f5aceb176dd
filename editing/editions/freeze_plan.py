"""What a guided freeze would do, worked out before it does it."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from council.freeze_actions import freeze_with_paper
from editing.editions.freeze_choices import Choices, Seen, mark_of, remember, remembered
from editing.editions.gaps import Gap, gaps, leaving
from editing.editions.open_nodes import OpenGroup, OpenNode
from editing.tree.since_agreed import since_agreed
from strategy.document.data import name_with_code, with_codes
from strategy.document.document import Document, Entry
from strategy.editions import working_tree
from strategy.editions.cited_codes import cited_codes
from strategy.editions.edition_selection import AS_AGREED, AS_IT_IS, LEFT_OUT, Arrangement, Row, arrange
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord
from strategy.history.withheld_changes import hold_back
from strategy.tree.kinds import Kind
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review
from strategy.tree.tree_rows import both_codes, reviews_now

ALL = "all"
_CHAPTERS = "chapters"


class FreezePlan:
    """The edition that would come of these choices, by default of those of the last freeze. A fixed number of
    queries; the tree is read once."""

    def __init__(self, choices: Choices | None = None) -> None:
        self.reviews = reviews_now()
        open_uids = [uid for uid, review in self.reviews.items() if review != Review.AGREED]
        self.agreed = HistoryRecord.objects.filter(uid__in=open_uids).last_agreed()
        self.last = remembered(self.agreed)
        self._tree = rows = working_tree.rows()
        self.arrangement: Arrangement = arrange(
            rows, self.reviews, self.agreed, self.last if choices is None else choices
        )
        self.rows = {row["uid"]: row for row in rows if row["uid"] in self.arrangement.open}
        cited = cited_codes()
        self.names = {
            row["uid"]: name_with_code(both_codes(row["code"], cited.get(row["uid"], "")), row["title"])
            for row in with_codes(rows)
        }
        self.document = Document.from_data(working_tree.edition_data(self.arrangement.rows))

    @cached_property
    def open(self) -> list[OpenNode]:
        """Every node that isn't agreed, in the order of the tree. One `is_remembered` where the last freeze chose
        for it what would not be chosen by itself."""
        stranded = set(self.arrangement.stranded)
        pks = {str(uid): pk for uid, pk in Node.objects.order_by().values_list("uid", "pk")}
        return [
            OpenNode(
                pks[uid],
                uid,
                self.names[uid],
                self.reviews[uid],
                since_agreed(self.rows[uid], self.agreed.get(uid)),
                choice,
                uid in stranded,
                self.last.get(uid) == choice != (AS_AGREED if uid in self.agreed else LEFT_OUT),
            )
            for uid, choice in self.arrangement.open.items()
        ]

    @cached_property
    def groups(self) -> list[OpenGroup]:
        """The same by theme; all chapters are one group."""
        roots: dict[str, Row] = {}
        for row in self._tree:
            roots[row["uid"]] = roots[row["parent"]] if row["parent"] else row
        groups: dict[str, OpenGroup] = {}
        for node in self.open:
            root = roots[node.uid]
            is_chapter = root["kind"] == Kind.CHAPTER
            key, name = (_CHAPTERS, _("Chapters")) if is_chapter else (root["uid"], self.names[root["uid"]])
            groups.setdefault(key, OpenGroup(key, name, [])).nodes.append(node)
        return list(groups.values())

    @property
    def held_back(self) -> dict[str, int]:
        """By uid: the record that ended the agreement, of every node that goes in as it was agreed last."""
        chosen = self.arrangement.open.items()
        return {uid: self.agreed[uid].order for uid, choice in chosen if choice == AS_AGREED}

    @cached_property
    def stranded(self) -> list[str]:
        """Nodes that stay out only because what they stand below does."""
        return [self.names[uid] for uid in self.arrangement.stranded if uid not in self.arrangement.open]

    @cached_property
    def leaving(self) -> list[Entry]:
        """What the adopted edition holds and this one would not."""
        adopted = Edition.objects.filter(state=Edition.State.ADOPTED).first()
        return list(leaving(library.document(adopted), self.document)) if adopted else []

    @cached_property
    def gaps(self) -> list[Gap]:
        """What is missing in what would be frozen."""
        return gaps(self.document)

    @cached_property
    def seen(self) -> Seen:
        """What this page shows. What has no effect on the choice, such as a draft set to “open”, is no part of it."""
        usual = arrange(self._tree, self.reviews, self.agreed, {})
        ended = {uid: self.agreed[uid].order if uid in self.agreed else 0 for uid in usual.open}
        siblings = Counter[str | None]()
        nodes = {}
        for row in self._tree:
            if row["uid"] in self.rows:
                nodes[row["uid"]] = mark_of([siblings[row["parent"]], dict(row)])
            siblings[row["parent"]] += 1
        leaving = [entry.uid for entry in self.leaving]
        return Seen(
            basis=mark_of([[dict(row) for row in usual.rows], ended]),
            consequences=mark_of([list(self.arrangement.stranded), leaving]),
            nodes=nodes,
        )

    def taking(self, key: str) -> Choices:
        """The same choices, but that all nodes of this group go in as they are; those of every group for `ALL`."""
        taken = [node.uid for group in self.groups if key in (ALL, group.key) for node in group.nodes]
        return self.with_as_it_is(taken)

    def with_as_it_is(self, uids: Collection[str]) -> Choices:
        """The same choices, but that these nodes go in as they are, where they are not agreed."""
        return {uid: AS_IT_IS if uid in uids else choice for uid, choice in self.arrangement.open.items()}

    def has_changed_since(self, seen: Seen) -> bool:
        """Whether something else would go in than the page showed, whoever did it; what was chosen since is not
        that."""
        as_it_is = [uid for uid, choice in self.arrangement.open.items() if choice == AS_IT_IS]
        return seen.basis != self.seen.basis or any(
            seen.nodes.get(uid) != self.seen.nodes[uid] for uid in as_it_is
        )


def freeze(
    *,
    choices: Choices,
    seen: Seen,
    may_leave: bool,
    slug: str,
    title: str,
    subtitle: str | None = None,
    remark: str,
    paper: str,
    by: User,
) -> Edition:
    """Freeze what the page has shown, and remember the choices. ValidationError where that is no longer so, or where
    more would be missing than it has shown."""
    with locked_tree():
        plan = FreezePlan(choices)
        if plan.has_changed_since(seen):
            raise ValidationError(
                _("The working tree has changed meanwhile. Please look through the page again, then freeze.")
            )
        if plan.leaving and not may_leave:
            raise ValidationError(
                {
                    "may_leave": _(
                        "Nodes of the adopted edition would be missing. Please confirm that they are to leave."
                    )
                }
            )
        if plan.seen.consequences != seen.consequences:
            raise ValidationError(
                _(
                    "What you chose leaves out other nodes, too: they are listed now. Please look, then freeze."
                )
            )
        edition = freeze_with_paper(
            slug=slug,
            title=title,
            subtitle=subtitle,
            remark=remark,
            paper=paper,
            by=by,
            nodes=plan.arrangement.rows,
        )
        hold_back(edition, plan.held_back)
        remember(plan.arrangement.open, plan.agreed)
        return edition
