"""Where Django looks for the models; everything else imports each from the module that defines it."""

from strategy.editions.models import Edition, EditionContent, Publication, PublicState, Strategy
from strategy.editions.redaction.orders import RedactedEdition, RedactionOrder, RedactionPassage
from strategy.history.models import HistoryRecord
from strategy.history.operations import Operation
from strategy.history.origins import Origin
from strategy.history.withheld_changes import HeldBack
from strategy.sent_forms import SentForm
from strategy.tree.kept_slugs import KeptSlug
from strategy.tree.models import Node, TreeLock

__all__ = [
    "Edition",
    "EditionContent",
    "HeldBack",
    "HistoryRecord",
    "KeptSlug",
    "Node",
    "Operation",
    "Origin",
    "PublicState",
    "Publication",
    "RedactedEdition",
    "RedactionOrder",
    "RedactionPassage",
    "SentForm",
    "Strategy",
    "TreeLock",
]
