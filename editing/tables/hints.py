"""What a person needs to know who fills in the table: rules, and what each column may hold."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from editing.tables.cells import words_of
from editing.tables.columns import CODE, IS_SAMPLE, LEVEL, PARENT, UID, VERSION, Column, levels_with
from strategy.tree.fields import Choice, DecimalNumber, Field, Lines, Number, Text, YesNo
from strategy.tree.kinds import Kind
from strategy.tree.levels import level_of
from strategy.tree.reference_fields import Reference, References

MANY = 40  # rows of another table that are listed in full


def hints(columns: Sequence[Column]) -> Iterator[tuple[str, str, str]]:
    """Rows of three cells: the headers, the rules of the whole table, then a row a column."""
    yield _("Column"), _("For"), _("What stands there")
    for rule in _rules():
        yield _("The whole table"), "", rule
    for column in columns:
        yield column.header, ", ".join(levels_with(column)), " ".join(_says(column))


def _rules() -> list[str]:
    return [
        _("Each row is a node of the strategy. The order of the rows is the order in the strategy."),
        _("A row that you delete here deletes nothing: nodes that are not in the file stay as they are."),
        _(
            "For a new node leave the ID empty, or write a mark such as neu-1 there; name it below as “stands below”."
        ),
        _("An empty cell of an existing node empties the field. In a new row it leaves what is usual."),
        _("Formulas, dates and merged cells are refused. Nothing is written before you have seen a preview."),
    ]


def _says(column: Column) -> Iterator[str]:
    own = {
        UID: _("Identity of the node. It never changes."),
        LEVEL: _("One of: %(words)s. It cannot be changed.")
        % {"words": ", ".join(str(kind.label) for kind in Kind)},
        PARENT: _("The ID of the node above, or the mark of a new row. Empty at the top."),
        CODE: _("Counted from the order. Not read when the table comes in."),
        IS_SAMPLE: _("Whether it is sample data. Not read when the table comes in; new rows never are."),
        VERSION: _(
            "Tells what others have changed since the table was downloaded. Please leave it as it is."
        ),
        "title": _("One line. It must not be empty."),
        "slug": _("Part of the page's web address: a–z, 0–9 and hyphens. In a new row it may be empty."),
    }
    if column.key in own:
        yield own[column.key]
    for kind, field in column.fields[:1] if column.key not in own else ():
        yield from _of_field(field, level_of(kind).model)


def _of_field(field: Field, model: Any) -> Iterator[str]:
    match field:
        case Reference():
            yield _("Keys with commas between them.") if isinstance(field, References) else _("A key.")
            yield _("Possible is: %(words)s.") % {"words": _keys(field, model)}
        case Choice():
            yield _("Possible is: %(words)s.") % {"words": ", ".join(words_of(field, model).values())}
        case YesNo():
            yield _("“ja” or “nein”.")
        case Number() | DecimalNumber():
            yield _("A whole number.") if isinstance(field, Number) else _("A number.")
        case Lines():
            yield _("One entry a line (in a spreadsheet: Alt and Enter).")
        case Text():
            yield _("A text in Markdown, of at most 20,000 characters.")
        case _other:
            yield _("One line.")
    about = str(getattr(model._meta.get_field(field.name), "help_text", ""))
    if about:
        yield about


def _keys(field: Reference, model: Any) -> str:
    rows = model._meta.get_field(field.name).related_model.objects.all()[: MANY + 1]
    named = [f"{plain['key']} ({plain['name']})" for plain in map(field.plain, rows)]
    return ", ".join([*named[:MANY], *(["…"] if len(named) > MANY else [])])
