"""The forms of the pages that read a city's own list."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.delivered import catalogue
from editing.delivered.cells.words import key
from editing.delivered.columns import COST, LEVEL, LEVELS, NOTE, NUMBER, PERIOD
from editing.delivered.delivered_list import ALL_SHEETS
from editing.delivered.delivery import Delivery
from editing.delivered.questions import Question, questions
from editing.tables.columns import Column
from editing.tables.upload_form import UploadForm
from strategy.tree.kinds import Kind

MAX_QUESTIONS = 40  # on one page; others are asked on the next
Choices = list[tuple[str, Any]]


class DeliveredForm(UploadForm):
    """A city's own list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "XLSX or CSV, of at most 10 megabytes, as you have it. Nothing is written yet."
        )

    def look(self, name: str) -> None:
        """Kept as `delivery`."""
        self.delivery = Delivery(self.content, name=name, choices={}).checked()


class PlaceForm(forms.Form):
    """Where the table lies in the file."""

    sheet = forms.ChoiceField(label=_("sheet"))
    header = forms.IntegerField(label=_("headings in row"), min_value=1, required=False)
    last = forms.IntegerField(label=_("last row that is read"), min_value=1, required=False)

    def __init__(self, delivery: Delivery, data: Any = None) -> None:
        layout = delivery.layouts[0]
        alike = len(delivery.alike(delivery.sheets[0])) > 1
        shown = {
            "sheet": ALL_SHEETS if delivery.are_several else delivery.sheets[0].name,
            "header": None if delivery.are_several else layout.headers[-1],
            "last": None if delivery.are_several else layout.last,
        }
        super().__init__(data, initial=shown)
        names = [(grid.name, grid.name or _("the only one")) for grid in delivery.grids]
        together = [(ALL_SHEETS, _("all with the same headings together"))] if alike else []
        self.fields["sheet"].choices = [*together, *names]  # type: ignore[attr-defined]
        if len(delivery.grids) == 1:
            del self.fields["sheet"]

    def clean(self) -> dict[str, Any]:
        """The last row lies below the headings."""
        data = super().clean() or {}
        header, last = data.get("header"), data.get("last")
        if header and last and last <= header:
            self.add_error("last", gettext("The last row lies below the row of the headings."))
        return data


class ColumnsForm(forms.Form):
    """What each column is read as, and what numbers mean."""

    def __init__(self, delivery: Delivery, data: Any = None) -> None:
        super().__init__(data)
        self.delivery = delivery
        targets = [*target_choices()]
        for column in delivery.columns:
            self.fields[f"column-{column.at}"] = forms.ChoiceField(
                label=column.heading or _("without a heading"),
                choices=targets,
                required=False,
                initial=delivery.targets[column.at],
            )
        if delivery.codes:
            self.fields["numbers"] = forms.ChoiceField(
                label=_("the numbers in the list"),
                choices=[
                    ("own", _("are the list's own")),
                    ("portal", _("are the codes of the portal: they say which entry is meant")),
                ],
                initial="portal" if delivery.by_code else "own",
            )
        if delivery.is_by_number:
            for parts, kind in delivery.depths.items():
                self.fields[f"depth-{parts}"] = forms.ChoiceField(
                    label=_("numbers such as %(example)s are")
                    % {"example": ".".join(map(str, range(1, parts + 1)))},
                    choices=[(each.value, each.label) for each in LEVELS],
                    initial=kind.value,
                )
        has_themes = delivery.is_by_number and Kind.THEME in delivery.depths.values()
        if not has_themes and not set(delivery.targets.values()) & {Kind.THEME, LEVEL}:
            self.fields["below"] = forms.ChoiceField(
                label=_("what stands below nothing in the list comes"),
                choices=[
                    ("", _("into the theme “%(title)s”") % {"title": delivery.top}),
                    *_parents(delivery),
                ],
                initial=delivery.choices.get("below", ""),
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        """Something is read that names entries."""
        data = super().clean() or {}
        levels = {each.value for each in LEVELS} | {NUMBER}
        if not self.errors and not levels & {
            value for name, value in data.items() if name.startswith("column-")
        }:
            raise ValidationError(
                gettext("Please choose the column with the titles of the measures, or that with their codes.")
            )
        return data

    @property
    def choices(self) -> dict[str, Any]:
        """What was chosen, as Delivery takes it."""
        data = self.cleaned_data
        chosen: dict[str, Any] = {
            "targets": {str(each.at): data[f"column-{each.at}"] for each in self.delivery.columns}
        }
        if "numbers" in data:
            chosen["by_code"] = data["numbers"] == "portal"
        depths = {
            name.removeprefix("depth-"): value for name, value in data.items() if name.startswith("depth-")
        }
        if depths:
            chosen["depths"] = depths
        if "below" in data:
            chosen["below"] = data["below"]
        return chosen

    def columns(self) -> Iterator[tuple[Any, Any]]:
        """Each column with its field."""
        for column in self.delivery.columns:
            yield column, self[f"column-{column.at}"]

    def others(self) -> list[Any]:
        """The fields that are no column."""
        return [field for field in self if not field.name.startswith("column-")]


class NamesForm(forms.Form):
    """What names stand for that nothing known has, and under which name all that is kept."""

    keep_as = forms.CharField(
        label=_("keep this assignment as"),
        max_length=100,
        required=False,
        help_text=_(
            "The next delivery of this list is then read in the same way. Empty the field to keep nothing."
        ),
    )

    def __init__(self, delivery: Delivery, kept: str, data: Any = None) -> None:
        super().__init__(data)
        asked = questions(delivery)
        self.questions, self.more = asked[:MAX_QUESTIONS], len(asked) > MAX_QUESTIONS
        self.fields["keep_as"].initial = kept
        for each in self.questions:
            self.fields[each.name] = forms.ChoiceField(
                label=" / ".join(each.spellings),
                choices=_answers(delivery, each),
                initial=each.proposal,
                required=False,
            )

    def fields_of_questions(self) -> Iterator[tuple[Question, Any]]:
        """Each question with its field."""
        for each in self.questions:
            yield each, self[each.name]

    @property
    def answers(self) -> dict[str, dict[str, str]]:
        """What each spelling stands for, by field."""
        found: dict[str, dict[str, str]] = {}
        for each in self.questions:
            for spelling in each.spellings:
                found.setdefault(each.field, {})[key(spelling)] = self.cleaned_data[each.name]
        return found


def _answers(delivery: Delivery, question: Question) -> Choices:
    named = [(each.key, each.name) for each in delivery.names[question.field].named]
    new = [question.proposal] if question.proposal.startswith(catalogue.NEW) else []
    return [
        ("", _("leave it out")),
        *((each, _("make it: “%(name)s”") % {"name": each.removeprefix(catalogue.NEW)}) for each in new),
        *named,
    ]


def target_choices() -> Iterator[tuple[str, Any]]:
    """What a column can be read as: what names entries, then the fields of each level."""
    yield "", _("is not read")
    yield (
        str(_("What stands where")),
        [
            *((kind.value, _("title: %(level)s") % {"level": kind.label}) for kind in LEVELS),
            (NUMBER, _("number or code")),
            (LEVEL, _("the level of the row")),
        ],
    )
    fields = catalogue.field_columns()
    of_measures = [each for each in fields if Kind.MEASURE in dict(each.fields)]
    yield (
        str(Kind.MEASURE.label),
        [
            *_named([each for each in of_measures if each.key == "text"]),
            (NOTE, _("text, added with its heading")),
            (PERIOD, _("period, from and to")),
            (COST, _("cost, once or yearly")),
            *_named([each for each in of_measures if each.key != "text"]),
        ],
    )
    yield str(_("Goals and themes")), _named([each for each in fields if each not in of_measures])


def _named(fields: list[Column]) -> Choices:
    labels = catalogue.labels()
    return [(each.key, labels[each.key]) for each in fields]


def _parents(delivery: Delivery) -> Iterator[tuple[str, Any]]:
    """The themes and goals below which measures can be put, in the order of the tree."""
    for uid, node in delivery.tree.nodes.items():
        if node.kind in (Kind.THEME, Kind.STRATEGIC_GOAL, Kind.OPERATIONAL_GOAL):
            yield uid, f"{Kind(node.kind).label}: {node.title}"
