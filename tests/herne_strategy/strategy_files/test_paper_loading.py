"""A file's papers with their consultations: what the council has before it, or has resolved, stays."""

import pytest

from council.consultations import Consultation
from council.papers import Paper
from strategy.editions.actions import set_state
from strategy.editions.models import PublicState
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, ResolutionFactory
from tests.herne_strategy.strategy_files.lists_file import LISTS, left

pytestmark = pytest.mark.django_db


def test_paper_with_other_consultations_is_left_alone_as_a_whole(load_lists):
    load_lists(LISTS)
    committee = BodyFactory(key="ausschuss", name="Ausschuss", kind="committee")
    Consultation.objects.create(paper=Paper.objects.get(), body=committee, held_on="2021-08-19")
    text = LISTS.replace("name: Vorlage", "name: Neuer Titel")

    _printed, sentences = load_lists(text)
    kept = Paper.objects.get().name, [each.body.name for each in Paper.objects.get().consultations.all()]
    load_lists(text, "--overwrite")

    assert sentences == [left(5, "Vorlage „2021/0734“", "name, consultations", "sie")]
    assert kept == ("Vorlage", ["Ausschuss", "Rat"])
    assert Paper.objects.get().name == "Neuer Titel"
    assert [each.body.name for each in Paper.objects.get().consultations.all()] == ["Rat"]


def test_paper_that_is_before_the_council_stays_even_with_overwrite(load_lists):
    load_lists(LISTS)
    edition = set_state(EditionFactory(), "consultation", paper_number="2021/0734")
    Paper.objects.update(name="Vom Gremienbüro", edition=edition)

    _printed, sentences = load_lists(LISTS, "--overwrite")

    assert Paper.objects.get().name == "Vom Gremienbüro"
    assert sentences == [
        "datei.yaml, Zeile 5: Vorlage „2021/0734“ liegt mit einer Fassung dem Rat vor und bleibt, wie sie ist."
    ]


def test_what_was_resolved_stays_where_the_file_lacks_it(load_lists):
    load_lists(LISTS)
    committee = BodyFactory(key="ausschuss", name="Ausschuss", kind="committee")
    other = ConsultationFactory(
        paper=Paper.objects.get(), body=committee, held_on="2021-08-19", result="approved"
    )
    ResolutionFactory(consultation=other, text="Beschlossen.")
    ConsultationFactory(paper=Paper.objects.get(), body=committee, held_on="2021-08-20")
    before = PublicState.objects.get().revision

    load_lists(LISTS, "--overwrite")

    assert [str(each.held_on) for each in Paper.objects.get().consultations.all()] == [
        "2021-08-19",
        "2021-10-05",
    ]
    assert PublicState.objects.get().revision != before


def test_file_says_whether_a_paper_is_public_and_from_when(load_lists):
    load_lists(
        LISTS.replace("name: Vorlage", "name: Vorlage\n    is_public: false\n    public_from: 2099-01-01")
    )
    paper = Paper.objects.get()

    assert (paper.is_public, str(paper.public_from)) == (False, "2099-01-01")
    assert load_lists(LISTS, "--overwrite")[1] == []
    assert not Paper.objects.get().is_public


def test_day_of_a_public_paper_is_refused_with_its_line(load_lists):
    _printed, sentences = load_lists(
        LISTS.replace("name: Vorlage", "name: Vorlage\n    public_from: 2099-01-01")
    )

    assert sentences == [
        "datei.yaml, Zeile 5: Eine öffentliche Vorlage ist schon öffentlich: Bitte lassen Sie „öffentlich ab“ leer, "
        "oder nehmen Sie das Häkchen „öffentlich“ weg.",
        "Nichts wurde geladen.",
    ]
    assert not Paper.objects.exists()
