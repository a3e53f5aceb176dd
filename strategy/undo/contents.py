"""What nodes say again, field by field: what others have changed since stays."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from strategy.document.data import Plain
from strategy.importing.model_checks import ModelChecks
from strategy.importing.node_rows import NodeWrite
from strategy.importing.tree_state import TreeState
from strategy.text.slugs import next_slug
from strategy.tree.content import Content, differences
from strategy.tree.fields import Field, FieldError
from strategy.tree.kept_slugs import KeptSlug, TakenFor
from strategy.tree.levels import level_of
from strategy.tree.references import Targets
from strategy.undo.since import DoneSince
from strategy.undo.steps import NodeStep


@dataclass
class ContentReturn:
    """What a node says again: the fields that say something else today. Which fields stay and why, in words; the
    names of what cannot be referred to again, as it is no longer there."""

    content: Content = field(default_factory=dict)
    stays: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)


class Contents:
    """Works out the contents of the nodes of a batch, with the same few queries for however many."""

    def __init__(self, tree: TreeState, since: DoneSince) -> None:
        self._tree = tree
        self._since = since
        self._kept = KeptSlug.objects.by_slug()
        self._checks = ModelChecks()

    def of_changed(self, step: NodeStep, targets: Targets) -> ContentReturn:
        """What a node that is still there says again."""
        result, today = ContentReturn(), self._tree.content(step.uid)
        for each in step.fields:
            self._add(result, each, step, today, targets)
        refusal = self._refusal(step, copy(self._tree.nodes[step.uid]), result.content)
        if refusal:
            result.content = {}
            result.stays.append(refusal)
        return result

    def of_deleted(self, step: NodeStep, targets: Targets) -> ContentReturn:
        """What a node says that comes back. ValidationError where it no longer can."""
        result = ContentReturn()
        result.content, result.gone = targets.left(step.kind, step.content_before)
        if refusal := self._refusal(step, level_of(step.kind).model(), result.content, is_new=True):
            raise ValidationError(refusal)
        return result

    def _add(
        self, result: ContentReturn, each: Field, step: NodeStep, today: Content, targets: Targets
    ) -> None:
        name = each.name
        old, done, now = step.content_before[name], step.content_after[name], today[name]

        def differs(one: Plain, other: Plain) -> bool:
            return bool(differences(step.kind, {**today, name: one}, {name: other}))

        if each.is_many:
            old = _merged(old, done, now)
        elif differs(done, now):
            if differs(old, now):
                says = self._since.signed(_("changed since"), step.uid, "changed", "restored")
                result.stays.append(_stays(each, says))
            return
        left, gone = targets.left(step.kind, {name: old})
        if gone and not each.is_many:
            result.stays.append(_stays(each, _("“%(name)s” is no longer there") % {"name": gone[0]}))
            return
        result.gone += gone
        if differs(now, left[name]):
            result.content[name] = left[name]

    def _refusal(self, step: NodeStep, node: Any, content: Content, *, is_new: bool = False) -> str:
        """Why a node cannot say this; "" where it can."""
        if not content:
            return ""
        try:
            for name, value in NodeWrite.of_content(step.uid, step.kind, content).values.items():
                setattr(node, name, value)
            self._checks.full_clean(node, None if is_new else content)
        except ValidationError as error:
            return _cannot(" ".join(error.messages))
        except FieldError as error:
            return _cannot(str(error))
        return ""

    def settle_addresses(
        self, changed: Mapping[str, ContentReturn], deleted: Mapping[str, ContentReturn]
    ) -> None:
        """Have no two nodes get one address: what is changed keeps its own of today, what comes back gets a new one."""
        again = True
        while again:
            again = False
            final = {**{uid: slug for slug, uid in self._tree.slugs.items()}, **_slugs(changed)}
            for uid, result in changed.items():
                slug = result.content.get("slug")
                others = {other for each, other in final.items() if each != uid} if slug else set()
                if slug and slug in TakenFor(uid, others, self._kept):
                    del result.content["slug"]
                    result.stays.append(_("web address: the earlier one belongs to another page by now"))
                    again = True
        taken = set(final.values())
        for uid, result in deleted.items():
            slug = next_slug(result.content["slug"], TakenFor(uid, taken, self._kept))[0]
            result.content["slug"] = slug
            taken.add(slug)


def _slugs(results: Mapping[str, ContentReturn]) -> dict[str, str]:
    return {uid: each.content["slug"] for uid, each in results.items() if "slug" in each.content}


def _merged(old: Any, done: Any, now: Any) -> list[Any]:
    """A list of rows without those that were added, and with those that were taken out, whatever came since."""
    was, became = ({str(row["key"]) for row in rows} for rows in (old, done))
    left = [row for row in now if str(row["key"]) not in became - was]
    there = {str(row["key"]) for row in left}
    return [*left, *(row for row in old if str(row["key"]) not in became | there)]


def _stays(each: Field, why: str) -> str:
    return _("%(field)s: %(why)s") % {"field": each.label, "why": why}


def _cannot(says: str) -> str:
    return _("cannot say again what it said: %(says)s") % {"says": says}
