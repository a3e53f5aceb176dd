"""What the start page says to somebody who is new: where they are, what they do here, and where to ask."""

from dataclasses import dataclass

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from editing.home.models import ReadGreeting
from strategy.text.lazy_text import LazyText


@dataclass(frozen=True)
class Part:
    """What somebody with this permission does here, in two sentences; `unless` says that a wider one tells it all."""

    permission: str
    says: LazyText
    unless: tuple[str, ...] = ()


PARTS = (
    Part(
        "strategy.publish_edition",
        gettext_lazy(
            "You keep everything together: texts, agreement, editions, council, reports and accounts. "
            "This page says first what is expected of you; for your successor it is summed up under “Handover”."
        ),
    ),
    Part(
        "strategy.change_node",
        gettext_lazy(
            "You edit all texts of the strategy, decide on proposals, and agree on what is up for agreement. "
            "What you change stays internal until the Koordinationsstelle publishes it as an edition."
        ),
        unless=("strategy.publish_edition",),
    ),
    Part(
        "strategy.agree_node",
        gettext_lazy(
            "You read everything, comment on it, propose changes, and agree on what is up for agreement. "
            "What you propose changes nothing by itself: somebody decides on it and answers you."
        ),
        unless=("strategy.change_node",),
    ),
    Part(
        "strategy.change_node_in_theme",
        gettext_lazy(
            "You edit the themes that are named below, and propose changes everywhere else. "
            "What you change stays internal until the Koordinationsstelle publishes it as an edition."
        ),
        unless=("strategy.change_node",),
    ),
    Part(
        "measures.report_progress",
        gettext_lazy(
            "You report how far the measures of your department are: a state and a sentence for each are enough. "
            "If a measure itself is to change, propose it on its page."
        ),
    ),
    Part(
        "council.change_paper",
        gettext_lazy(
            "You record what the council and its bodies deal with: papers, their consultations, and resolutions. "
            "Please fill in the result after each meeting; what is public is read by everybody at once."
        ),
        unless=("strategy.publish_edition",),
    ),
)
READER = gettext_lazy(
    "You read everything that is being worked on, with its preview and its history. "
    "You cannot change anything by accident."
)


@dataclass(frozen=True)
class Greeting:
    """The greeting of somebody: sentences, a paragraph for each thing that they do."""

    first: str
    parts: list[str]
    last: str

    @classmethod
    def of(cls, user: User) -> "Greeting | None":
        """For this person; None once they have put it away. One query."""
        if ReadGreeting.objects.filter(user=user).exists():
            return None
        does = [
            str(part.says)
            for part in PARTS
            if user.has_perm(part.permission) and not any(map(user.has_perm, part.unless))
        ]
        return cls(
            _("Here the city's sustainability strategy is written, agreed on and kept up to date."),
            does or [str(READER)],
            _(
                "How everything is done says the help: on every page a link at the top leads to what explains it."
            ),
        )
