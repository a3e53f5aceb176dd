"""Ordering that something be blackened, and looking for what is left of it."""

import datetime
from io import StringIO

from django.apps import apps
from django.contrib.auth.models import User
from django.core.management import call_command

from strategy.editions.redaction import redaction_actions
from strategy.editions.redaction.blackening import Words
from strategy.editions.redaction.orders import RedactionOrder

NAME = "Max Mustermann"
DAY = datetime.date(2026, 11, 3)


def ordered(*words: str, by: User, confirmed_by: User) -> RedactionOrder:
    """An order about these words that both have signed."""
    order = redaction_actions.order_redaction(
        reference="7 K 12/26", basis="erasure", ordered_on=DAY, words=words, by=by
    )
    return redaction_actions.confirm_redaction(order, by=confirmed_by)


def carried_out(order: RedactionOrder, *options: str) -> str:
    """What the command says when it carries out an order."""
    out = StringIO()
    call_command("redact_editions", str(order.pk), "--yes", *options, stdout=out)
    return out.getvalue()


def tables_with(words: str) -> set[str]:
    """The tables in which these words stand, in whatever column that is no file, also as an address."""
    wanted = Words(words)
    return {
        model._meta.label
        for model in apps.get_models()
        if not model._meta.proxy
        for row in model._base_manager.values()
        if any(wanted.counted(value, name if name == "slug" else "") for name, value in row.items())
    }
