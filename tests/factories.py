"""One factory a model. What a factory is not told is as plain as the model allows; a node gets the parent that
its level needs."""

import datetime
import uuid
from typing import Any

import factory
from django.contrib.auth.models import User
from factory.django import DjangoModelFactory

from council.bodies import Body
from council.consultations import Consultation, Resolution
from council.papers import Paper
from goals.models import SDG, OperationalGoal, StrategicGoal
from measures.models import Department, District, Measure
from measures.progress import Progress
from strategy.editions import actions
from strategy.editions.edition_json import edition_json
from strategy.editions.models import Edition, Strategy
from strategy.tree.models import Node
from themes.models import Chapter, Guideline, Theme


class UserFactory(DjangoModelFactory):
    """Somebody who may do everything: actions ask whoever acts for their rights. Rights are tested with people of
    tests/editing/people.py."""

    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"person-{n}")
    is_superuser = True


class PowerlessUserFactory(UserFactory):
    """Somebody who may log in, and has no right."""

    is_staff = True
    is_superuser = False


class NodeFactory(DjangoModelFactory):
    """A node as the last child of `parent`, or as the last root where it is None."""

    class Meta:
        abstract = True

    parent: Any = None

    @classmethod
    def _create(cls, model_class: type[Node], *args: Any, parent: Node | None = None, **kwargs: Any) -> Node:
        node = model_class(*args, **kwargs)
        return (
            Node.objects.add_child(parent, instance=node) if parent else Node.objects.add_root(instance=node)
        )


class ChapterFactory(NodeFactory):
    class Meta:
        model = Chapter

    title = factory.Sequence(lambda n: f"Kapitel {n}")


class ThemeFactory(NodeFactory):
    class Meta:
        model = Theme

    title = factory.Sequence(lambda n: f"Themenfeld {n}")


class GuidelineFactory(NodeFactory):
    class Meta:
        model = Guideline

    parent = factory.SubFactory(ThemeFactory)
    title = factory.Sequence(lambda n: f"Leitlinie {n}")


class StrategicGoalFactory(NodeFactory):
    class Meta:
        model = StrategicGoal

    parent = factory.SubFactory(GuidelineFactory)
    title = factory.Sequence(lambda n: f"Strategisches Ziel {n}")


class OperationalGoalFactory(NodeFactory):
    class Meta:
        model = OperationalGoal

    parent = factory.SubFactory(StrategicGoalFactory)
    title = factory.Sequence(lambda n: f"Operatives Ziel {n}")


class MeasureFactory(NodeFactory):
    class Meta:
        model = Measure

    parent = factory.SubFactory(OperationalGoalFactory)
    title = factory.Sequence(lambda n: f"Maßnahme {n}")


class SDGFactory(DjangoModelFactory):
    class Meta:
        model = SDG
        django_get_or_create = ["number"]

    number = factory.Sequence(lambda n: n % 17 + 1)
    title = factory.LazyAttribute(lambda sdg: f"Ziel {sdg.number}")
    long_title = factory.LazyAttribute(lambda sdg: f"Ziel {sdg.number} der Agenda 2030")
    colour = "#4C9F38"
    text_colour = "black"


class DepartmentFactory(DjangoModelFactory):
    class Meta:
        model = Department

    key = factory.Sequence(lambda n: f"fb-{n}")
    name = factory.Sequence(lambda n: f"Fachbereich {n}")


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ["key"]

    key = factory.Sequence(lambda n: f"bezirk-{n}")
    name = factory.Sequence(lambda n: f"Stadtbezirk {n}")
    position = factory.Sequence(lambda n: n)


class ProgressFactory(DjangoModelFactory):
    """Progress of a measure: of `measure`, or of one that no tree has."""

    class Meta:
        model = Progress

    class Params:
        measure: Any = None

    uid = factory.LazyAttribute(lambda progress: progress.measure.uid if progress.measure else uuid.uuid4())


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = Paper

    reference = factory.Sequence(lambda n: f"2025/{n:04}")
    name = factory.Sequence(lambda n: f"Vorlage {n}")


class BodyFactory(DjangoModelFactory):
    class Meta:
        model = Body
        django_get_or_create = ["key"]

    key = "rat"
    name = "Rat der Stadt"
    kind = "council"


class ConsultationFactory(DjangoModelFactory):
    """Of the text that its edition has: tests freeze today, also what was decided years ago."""

    class Meta:
        model = Consultation

    paper = factory.SubFactory(PaperFactory)
    body = factory.SubFactory(BodyFactory)
    held_on = factory.Sequence(lambda n: datetime.date(2020, 1, 1) + datetime.timedelta(days=n))
    considered = "this"


class ResolutionFactory(DjangoModelFactory):
    """Of a consultation that decided."""

    class Meta:
        model = Resolution

    consultation = factory.SubFactory(ConsultationFactory, role="decision", result="approved")


class StrategyFactory(DjangoModelFactory):
    """The one row."""

    class Meta:
        model = Strategy
        django_get_or_create = ["id"]

    id = 1
    city = "Herne"
    title = "Nachhaltigkeitsstrategie"


class EditionFactory(DjangoModelFactory):
    """A working edition that is not public, of one chapter."""

    class Meta:
        model = Edition

    slug = factory.Sequence(lambda n: f"fassung-{n}")
    title = factory.Sequence(lambda n: f"Fassung {n}")

    @classmethod
    def _create(cls, model_class: type[Edition], *args: Any, slug: str, title: str, **kwargs: Any) -> Edition:
        return actions.store(_one_chapter(title), slug=slug, **kwargs)


def _one_chapter(title: str) -> dict[str, Any]:
    chapter: dict[str, Any] = {
        "uid": "00000000-0000-4000-8000-000000000001",
        "parent": None,
        "kind": "chapter",
        "code": "",
        "title": "Vorwort",
        "slug": "vorwort",
        "text": "",
        "easy_text": "",
        "is_sample": False,
        "values": {},
    }
    meta: dict[str, Any] = {
        "city": "Herne",
        "title": "Nachhaltigkeitsstrategie",
        "subtitle": "",
        "edition": {"title": title, "remark": ""},
        "basis": None,
        "has_sample": False,
        "sdgs": [],
    }
    return edition_json(meta, [chapter])
