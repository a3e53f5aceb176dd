"""Which measures are to change, and what is to become of them: the forms of the page “Viele Maßnahmen ändern”."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from editing.tree.tree_filter import containing
from goals.models import SDG, validate_year
from measures.levels import period
from measures.models import Department, Measure
from strategy.text.letters import sort_key
from strategy.text.numbers import WholeNumberField
from strategy.tree.content import Content
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of
from strategy.tree.paths import root_path
from strategy.tree.review import Review
from strategy.tree.tree_rows import TreeRow

NOBODY = "0"  # as a choice: no department
PERIOD = ("start_year", "end_year", "is_ongoing")


@dataclass(frozen=True)
class Listed:
    """A measure as the list shows it."""

    row: TreeRow
    lead_id: int | None
    lead: str
    period: str

    @property
    def review(self) -> str:
        """The review state in words."""
        return str(Review(self.row.review).label)


def listed(rows: Iterable[TreeRow]) -> list[Listed]:
    """The measures among these rows. One query."""
    values = {
        each["pk"]: each for each in Measure.objects.order_by().values("pk", "lead_id", "lead__name", *PERIOD)
    }
    return [
        Listed(
            row,
            values_of_measure["lead_id"],
            values_of_measure["lead__name"] or "",
            "".join(period(values_of_measure)),
        )
        for row in rows
        if row.kind == Kind.MEASURE and (values_of_measure := values.get(row.pk))
    ]


class MeasureFilter(forms.Form):
    """What the list is narrowed to. Where it makes no sense, nothing is listed."""

    q = forms.CharField(label=_("Search"), required=False, max_length=200)
    themenfeld = forms.ChoiceField(label=_("Theme"), required=False)
    fachbereich = forms.ChoiceField(label=_("Lead"), required=False)
    stand = forms.ChoiceField(label=_("Review state"), required=False)

    def __init__(self, rows: Iterable[TreeRow], found: list[Listed], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        self.themes = {str(row.pk): row.path for row in rows if row.kind == Kind.THEME}
        inside = {root_path(each.row.path) for each in found}
        themes = [(row.pk, row.name) for row in rows if row.kind == Kind.THEME and row.path in inside]
        named = {(each.lead, each.lead_id) for each in found if each.lead_id}
        leads = sorted(named, key=lambda lead: sort_key(lead[0]))
        choices: dict[str, list[Any]] = {
            "themenfeld": themes,
            "fachbereich": [(NOBODY, _("(nobody)")), *((pk, name) for name, pk in leads)],
            "stand": Review.choices,
        }
        for name, offered in choices.items():
            self.fields[name].choices = [("", _("all")), *offered]  # type: ignore[attr-defined]

    def matches(self) -> list[Listed]:
        """The measures that fit. One query where a text is searched for."""
        if not self.is_valid():
            return []
        wanted = self.cleaned_data
        theme = self.themes.get(wanted["themenfeld"], "")
        matching = [
            each
            for each in self.found
            if each.row.path.startswith(theme)
            and wanted["fachbereich"] in ("", str(each.lead_id or NOBODY))
            and wanted["stand"] in ("", each.row.review)
        ]
        if not wanted["q"]:
            return matching
        left = {row.pk for row in containing([each.row for each in matching], wanted["q"])}
        return [each for each in matching if each.row.pk in left]


class ChangeForm(forms.Form):
    """What is to become of the chosen measures. What is left empty stays as it is in each of them."""

    lead = forms.ChoiceField(label=_("lead"), required=False)
    start_year = WholeNumberField(
        label=_("from (year)"), required=False, validators=validate_year, prefixes=("ab", "von")
    )
    no_start_year = forms.BooleanField(label=_("take the first year away"), required=False)
    end_year = WholeNumberField(
        label=_("to (year)"), required=False, validators=validate_year, prefixes=("bis",)
    )
    no_end_year = forms.BooleanField(label=_("take the last year away"), required=False)
    is_ongoing = forms.ChoiceField(
        label=_("ongoing"),
        required=False,
        choices=[("", _("leave as it is")), ("yes", _("yes")), ("no", _("no"))],
    )
    sdg_action = forms.ChoiceField(
        label=_("What is to happen with the SDGs"),
        required=False,
        choices=[
            ("", _("leave as they are")),
            ("add", _("add these")),
            ("remove", _("remove these")),
            ("exactly", _("set exactly these")),
        ],
    )
    sdgs = forms.ModelMultipleChoiceField(
        label=_("Which SDGs"),
        required=False,
        queryset=SDG.objects.all(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departments = {str(each.pk): each for each in Department.objects.all()}
        names = [(pk, each.name) for pk, each in self.departments.items()]
        offered = [("", _("leave as it is")), (NOBODY, _("(nobody)")), *names]
        self.fields["lead"].choices = offered  # type: ignore[attr-defined]

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields as the page shows them, with what each group is called."""
        named = [
            (_("Lead"), ["lead"]),
            (_("Period"), ["start_year", "no_start_year", "end_year", "no_end_year", "is_ongoing"]),
            (_("SDGs"), ["sdg_action", "sdgs"]),
        ]
        return [(legend, [self[name] for name in names]) for legend, names in named]

    def clean(self) -> None:
        cleaned = self.cleaned_data
        for name in ("start_year", "end_year"):
            if cleaned.get(name) and cleaned.get(f"no_{name}"):
                self.add_error(name, gettext("Please either give a year or take it away."))
        if cleaned.get("sdgs") and not cleaned.get("sdg_action"):
            self.add_error("sdg_action", gettext("Please say what is to happen with these SDGs."))
        if cleaned.get("sdg_action") in ("add", "remove") and not cleaned.get("sdgs"):
            self.add_error("sdgs", gettext("Please choose at least one SDG."))
        if not self.errors and not self.names:
            raise ValidationError(gettext("Please say what is to change."))

    @property
    def names(self) -> list[str]:
        """The fields of a measure that this touches; a period is looked at as a whole."""
        cleaned = self.cleaned_data
        touched = ["lead"] if cleaned["lead"] else []
        if any(cleaned[name] for name in (*PERIOD, "no_start_year", "no_end_year")):
            touched += PERIOD
        return [*touched, "sdgs"] if cleaned["sdg_action"] else touched

    def new(self, old: Content) -> Content:
        """What a measure would say that says this now."""
        return {name: self._new(name, old[name]) for name in old}

    def _new(self, name: str, value: Any) -> Any:
        cleaned = self.cleaned_data
        if name == "sdgs":
            return self._sdgs({each["key"]: each for each in value})
        if name == "lead":
            lead: Any = level_of(Kind.MEASURE).by_name["lead"]
            return None if cleaned["lead"] == NOBODY else lead.plain(self.departments[cleaned["lead"]])
        if name == "is_ongoing":
            return cleaned[name] == "yes" if cleaned[name] else value
        return None if cleaned[f"no_{name}"] else cleaned[name] or value

    def _sdgs(self, old: Mapping[int, Any]) -> list[Any]:
        field: Any = level_of(Kind.MEASURE).by_name["sdgs"]
        named = {sdg.number: field.plain(sdg) for sdg in self.cleaned_data["sdgs"]}
        action = self.cleaned_data["sdg_action"]
        if action == "remove":
            return [plain for number, plain in old.items() if number not in named]
        wanted = {**named, **old} if action == "add" else named
        return [wanted[number] for number in sorted(wanted)]
