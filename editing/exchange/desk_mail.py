"""The daily mail about what waits for somebody, and what came back to them: at most one a day, none without either."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from editing.exchange.desk_page import Desk
from editing.exchange.news import News
from editing.models import DeskMail
from strategy.editions.cited_codes import cited_rows
from strategy.people import name_of

MOST = 10  # titles of each kind


@dataclass(frozen=True)
class Part:
    """One kind of what waits: how many, and the first of them as title and address."""

    heading: str
    count: int
    lines: list[tuple[str, str]]

    @property
    def more(self) -> int:
        """How many are not listed."""
        return self.count - len(self.lines)


@dataclass(frozen=True)
class Waiting:
    """Somebody for whom something waits, or for whom there is news."""

    user: User
    desk: Desk
    news: News

    def message(self) -> EmailMessage:
        """The mail. It names nobody but the person to whom it goes."""
        context = {
            "name": name_of(self.user),
            "parts": self.parts(),
            "is_news_alone": not self.desk.count,
            "desk": _absolute(reverse("editing:desk")),
        }
        return EmailMessage(
            subject=self.subject,
            body=render_to_string("editing/desk_mail.txt", context),
            to=[self.user.email],
            headers={"Auto-Submitted": "auto-generated"},  # asks for no answer from who is away
        )

    @property
    def subject(self) -> str:
        """How much waits; where nothing does, that there is news."""
        n = self.desk.count
        if not n:
            return _("Strategy: news on what you proposed or asked")
        subject = ngettext("Strategy: %(n)s thing waits for you", "Strategy: %(n)s things wait for you", n)
        return subject % {"n": n}

    def parts(self) -> list[Part]:
        """What waits and what is new, kind by kind; only what there is."""
        tree = reverse("tree_page")
        proposals = [(each.says, reverse("editing:proposal", args=[each.pk])) for each in self.desk.proposals]
        questions, unassigned = (
            [(each.title, f"{reverse('editing:remarks', args=[each.uid])}#a{each.pk}") for each in asked]
            for asked in (self.desk.questions, self.desk.unassigned)
        )
        nodes = [(row.name, f"{tree}?zeige={row.pk}#k{row.pk}") for row in self.desk.nodes]
        unshown = [(each.title, reverse("editing:publish", args=[each.pk])) for each in self.desk.unshown]
        decided = [
            (f"{each.says}: {each.verdict}", reverse("editing:proposal", args=[each.pk]))
            for each in self.news.decided
        ]
        answers = [
            (each.title, f"{reverse('editing:remarks', args=[each.uid])}#a{each.answers_id}")
            for each in self.news.answers
        ]
        parts_of_mail = [
            (_("Adopted, but not shown at the start page"), unshown),
            (_("Proposals to decide"), proposals),
            (_("Questions to you"), questions),
            (_("Questions to somebody who can no longer answer"), unassigned),
            (_("Up for agreement"), nodes),
            (_("Decided: your proposals"), decided),
            (_("Answers to you"), answers),
        ]
        return [
            Part(heading, len(lines), [(title, _absolute(path)) for title, path in lines[:MOST]])
            for heading, lines in parts_of_mail
            if lines
        ]

    def send(self, today: datetime.date) -> bool:
        """Send the mail; False where one went out today already, or the person wants none by now.

        The day is noted before, so that of two who send at once only one does; where sending fails it is taken
        back, and the next run tries again. No lock is held while the mail server answers.
        """
        mail, _is_new = DeskMail.objects.get_or_create(user=self.user)
        before = mail.sent_on
        mine = DeskMail.objects.filter(pk=mail.pk, is_wanted=True, sent_on=before)
        if before == today or not mine.update(sent_on=today):
            return False
        try:
            self.message().send()
        except BaseException:
            DeskMail.objects.filter(pk=mail.pk).update(sent_on=before)
            raise
        return True


def waiting(today: datetime.date) -> Iterator[Waiting]:
    """Everybody who is to get a mail today: active staff who may see their desk, with an address of their own.

    News is what came since the day of the last mail, up to the end of yesterday: so each stands in one mail alone.
    """
    rows = cited_rows()
    sent = dict(DeskMail.objects.values_list("user_id", "sent_on"))
    people = get_user_model().objects.filter(is_active=True, is_staff=True).exclude(email="")
    left = DeskMail.objects.filter(is_wanted=False) | DeskMail.objects.filter(sent_on=today)
    for user in people.exclude(pk__in=left.values("user_id")).order_by("username"):
        if user.has_perm("strategy.view_node"):
            desk = Desk.of(user, rows)
            news = News.of(user, since=sent.get(user.pk), until=today)
            if desk.count or news.count:
                yield Waiting(user, desk, news)


def _absolute(path: str) -> str:
    return f"{settings.PUBLIC_URL}{path}"
