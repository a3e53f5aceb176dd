"""What a guided freeze would do, worked out before it does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from council.freeze_actions import freeze_with_paper
from editing.editions.gaps import Gap, gaps, leaving
from editing.tree.since_agreed import SinceAgreed, since_agreed
from strategy.document.data import canonical_json, digest_of, name_with_code, with_codes
from strategy.document.document import Document, Entry
from strategy.editions import working_tree
from strategy.editions.edition_selection import AS_AGREED, AS_IT_IS, LEFT_OUT, Arrangement, arrange
from strategy.editions.library import library
from strategy.editions.models import Edition
from strategy.history.models import HistoryRecord
from strategy.history.withheld_changes import hold_back
from strategy.tree.models import Node, locked_tree
from strategy.tree.review import Review
from strategy.tree.tree_rows import reviews_now

Choices = Mapping[str, str]


@dataclass(frozen=True)
class OpenNode:
    """A node that isn't agreed: what it is called, how far it is, what has become of it since it was agreed last
    (None: it never was), and what becomes of it."""

    pk: int
    uid: str
    name: str
    review: str
    since: SinceAgreed | None
    choice: str
    is_stranded: bool

    @property
    def review_label(self) -> str:
        """The review state in words."""
        return str(Review(self.review).label)

    @property
    def options(self) -> list[tuple[str, str]]:
        """What can be chosen, each with its words."""
        words = {
            AS_AGREED: _("as it was agreed last"),
            AS_IT_IS: _("as it is now"),
            LEFT_OUT: _("leave out, with everything below it"),
        }
        return [(key, words[key]) for key in words if key != AS_AGREED or self.since is not None]


class FreezePlan:
    """The edition that would come of these choices. A fixed number of queries; the tree is read once."""

    def __init__(self, choices: Choices) -> None:
        self.reviews = reviews_now()
        open_uids = [uid for uid, review in self.reviews.items() if review != Review.AGREED]
        self.agreed = HistoryRecord.objects.filter(uid__in=open_uids).last_agreed()
        rows = working_tree.rows()
        self.arrangement: Arrangement = arrange(rows, self.reviews, self.agreed, choices)
        self.rows = {row["uid"]: row for row in rows if row["uid"] in self.arrangement.open}
        self.names = {row["uid"]: name_with_code(row["code"], row["title"]) for row in with_codes(rows)}
        self.document = Document.from_data(working_tree.edition_data(self.arrangement.rows))

    @cached_property
    def open(self) -> list[OpenNode]:
        """Every node that isn't agreed, in the order of the tree."""
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
            )
            for uid, choice in self.arrangement.open.items()
        ]

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
    def digest(self) -> str:
        """Of everything that this page shows: another one means that something has changed meanwhile."""
        seen = {
            "reviews": self.reviews,
            "nodes": [
                [e.uid, e.code, e.title, e.text, dict(e.values)] for e in self.document.by_uid.values()
            ],
            "leaving": [entry.uid for entry in self.leaving],
        }
        return digest_of(canonical_json(seen))

    @classmethod
    def chosen(cls, posted: Mapping[str, str]) -> Choices:
        """The choices of a sent form: `wahl-<uid>`; whatever else is left aside."""
        return {
            name.removeprefix("wahl-"): value for name, value in posted.items() if name.startswith("wahl-")
        }


def freeze(
    *, choices: Choices, seen: str, may_leave: bool, slug: str, title: str, remark: str, paper: str, by: User
) -> Edition:
    """Freeze what the page has shown. ValidationError where that is no longer so, or adopted nodes would leave."""
    with locked_tree():
        plan = FreezePlan(choices)
        if plan.digest != seen:
            raise ValidationError(
                _("The working tree has changed meanwhile. Please look through the page again, then freeze.")
            )
        if plan.leaving and not may_leave:
            raise ValidationError(
                _("Nodes of the adopted edition would be missing. Please confirm that they are to leave.")
            )
        edition = freeze_with_paper(
            slug=slug, title=title, remark=remark, paper=paper, by=by, nodes=plan.arrangement.rows
        )
        hold_back(edition, plan.held_back)
        return edition
