"""A paper that is not public: nothing of it is on any public page, on paper or in a file, until its day has come."""

import datetime
import io
import zipfile
from collections.abc import Iterator

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from council import actions
from council.consultations import GroupVote
from council.freeze_actions import freeze_with_paper
from council.papers import Paper, PaperMeasure
from council.record_actions import keep_decisions
from measures.progress import Progress
from strategy.editions.library import library
from strategy.editions.models import Edition, Strategy
from strategy.editions.public_rows import write
from strategy.editions.working_tree import edition_data
from tests.editing.pages import text_of
from tests.editing.people import browser_of, person
from tests.factories import BodyFactory, ConsultationFactory, EditionFactory, PaperFactory, ResolutionFactory
from tests.published import nodes, page_kinds, publish

pytestmark = pytest.mark.django_db

MEASURE = nodes("measure", measures=2)[0]
PAGE = f"/massnahmen/{MEASURE['slug']}/"
DAY = datetime.date(2026, 3, 17)
SECRETS = {
    "2026/0666",
    "Geheimvorgang",
    "Geheimausschuss",
    "Geheimfraktion",
    "Geheimwortlaut",
    "ris.example.de/geheim",
    "17.03.2026",
    "17. März 2026",
    "2026-03-17",
}


def recorded(**values: object) -> Paper:
    """A paper that the council has decided on, about a measure of the shown edition, with votes and wording."""
    paper = PaperFactory(
        reference="2026/0666", name="Geheimvorgang", url="https://ris.example.de/geheim", **values
    )
    body = BodyFactory(key="geheim", name="Geheimausschuss", kind="council")
    PaperMeasure.objects.create(paper=paper, uid=MEASURE["uid"])
    decision = ConsultationFactory(paper=paper, body=body, held_on=DAY, role="decision", result="approved")
    votes = {"votes_for": 31, "votes_against": 7, "votes_abstaining": 3}
    resolution = ResolutionFactory(consultation=decision, text="Geheimwortlaut", **votes)
    GroupVote.objects.create(resolution=resolution, name="Geheimfraktion", **votes)
    write(save=[paper])
    return paper


@pytest.fixture
def shown() -> Edition:
    """The later of two public editions."""
    publish("eins", measures=2)
    return publish("zwei", measures=3)


def public_pages() -> list[str]:
    pages = [
        *page_kinds(),
        PAGE,
        "/druck/",
        f"{PAGE}druck/",
        "/fassungen/eins/",
        f"/fassungen/eins{PAGE}",
        "/fassungen/zwei/druck/",
        "/fassungen/eins/synopse/zwei/",
        "/fassungen/eins/synopse/zwei/druck/",
        "/fassungen/zwei/archiv/",
    ]
    return [*dict.fromkeys(pages), f"{PAGE}druck.pdf", "/fassungen/zwei/archiv.zip"]


def words_of(content: bytes) -> Iterator[str]:
    """All that can be read in a file: its text, that of a PDF, that of all files of an archive."""
    if content.startswith(b"PK"):
        archive = zipfile.ZipFile(io.BytesIO(content))
        for name in archive.namelist():
            yield from words_of(archive.read(name))
    elif content.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(content)
        yield from (page.get_textpage().get_text_bounded() for page in document)
    else:
        yield content.decode("utf-8", errors="replace")


def secrets_on(client: Client, address: str) -> set[str]:
    response = client.get(address)
    assert response.status_code in (200, 404), address
    return {secret for words in words_of(response.getvalue()) for secret in SECRETS if secret in words}


def test_no_public_page_file_or_archive_has_anything_of_it(client: Client, shown: Edition):
    paper = recorded(is_public=False)

    hidden = {address: secrets_on(client, address) for address in public_pages()}
    paper.is_public = True
    write(save=[paper])

    assert {address: words for address, words in hidden.items() if words} == {}
    assert secrets_on(client, PAGE) == SECRETS - {"17.03.2026", "2026-03-17"}
    assert secrets_on(client, "/fassungen/zwei/archiv.zip") >= {"2026/0666", "Geheimwortlaut", "2026-03-17"}


def test_status_of_a_measure_does_not_tell_of_it(client: Client, shown: Edition):
    recorded(is_public=False)

    assert not Progress.objects.filter(uid=MEASURE["uid"]).exists()
    assert "Vorschlag unter Vorbehalt" in text_of(client.get(PAGE).content.decode())


def test_midnight_makes_it_public(client: Client, shown: Edition, monkeypatch: pytest.MonkeyPatch):
    today = timezone.localdate()
    recorded(is_public=False, public_from=today + datetime.timedelta(days=2))

    read = []
    for later in range(3):
        monkeypatch.setattr(timezone, "localdate", lambda days=later: today + datetime.timedelta(days=days))
        read.append(("Geheimwortlaut" in client.get(PAGE).content.decode(), _status(client)))

    assert read == [(False, "proposed"), (False, "proposed"), (True, "decided")]
    assert keep_decisions() == 1  # the next change of the record takes the new day as today
    assert Progress.objects.get(uid=MEASURE["uid"]).upcoming == []


def _status(client: Client) -> str:
    report = Progress.objects.get(uid=MEASURE["uid"])
    page = text_of(client.get(PAGE).content.decode())
    assert str(report.decided.status.label).lower() in page.lower()
    return report.decided.status.value


def test_each_day_has_what_is_public_by_then():
    recorded(is_public=False, public_from=datetime.date(2099, 1, 1))
    late = PaperFactory(is_public=False, public_from=datetime.date(2099, 2, 1))
    PaperMeasure.objects.create(paper=late, uid=MEASURE["uid"], matter="fund")
    ConsultationFactory(paper=late, held_on=DAY, role="decision", result="approved")
    keep_decisions()

    row = Progress.objects.get(uid=MEASURE["uid"])

    assert (row.decision, row.resolutions) == ("proposed", [])
    assert [(step["on"], step["decision"], len(step["resolutions"])) for step in row.upcoming] == [
        ("2099-01-01", "decided", 1),
        ("2099-02-01", "funded", 2),
    ]


class TestEditions:
    @pytest.fixture(autouse=True)
    def _tree(self, tree: dict) -> None:
        """A small strategy."""

    def test_none_is_frozen_with_it_as_basis(self):
        recorded(is_public=False, public_from=timezone.localdate() + datetime.timedelta(days=1))

        with pytest.raises(ValidationError) as refused:
            freeze_with_paper(slug="neu", title="Neu", paper="2026/0666")

        assert refused.value.messages == [
            "Die Vorlage „2026/0666“ ist nichtöffentlich, und eine Fassung nennt für immer die Vorlage, auf die sie "
            "sich bezieht. Bitte nennen Sie keine, oder frieren Sie ein, wenn die Vorlage öffentlich ist."
        ]
        assert not Edition.objects.exists()

    def test_one_is_frozen_with_it_when_its_day_has_come(self):
        recorded(is_public=False, public_from=timezone.localdate())

        edition = freeze_with_paper(slug="neu", title="Neu", paper="2026/0666")

        assert library.document(edition).meta["basis"]["reference"] == "2026/0666"

    def test_working_tree_and_its_preview_leave_it_out(self):
        recorded(is_public=False)
        Strategy.objects.update(paper_number="2026/0666")

        page = browser_of(person("Koordinationsstelle")).get("/verwaltung/vorschau/").content.decode()

        assert edition_data()["meta"]["basis"] is None
        assert "2026/0666" not in page

    def test_what_an_edition_names_stays_public(self):
        paper = recorded()
        freeze_with_paper(slug="neu", title="Neu", paper="2026/0666")
        paper.is_public = False

        with pytest.raises(ValidationError) as refused:
            write(save=[paper])

        assert refused.value.messages == [
            "„Neu“ wurde mit Bezug auf diese Vorlage eingefroren und nennt sie für immer: Die Vorlage bleibt "
            "öffentlich."
        ]

    def test_it_is_not_laid_before_the_council(self):
        paper = self.ready(is_public=False)

        with pytest.raises(ValidationError) as refused:
            actions.submit(paper)

        assert refused.value.messages == [
            "Die Vorlage ist nichtöffentlich, eine Fassung in Beratung aber öffentlich, mit ihrer Vorlage. Bitte "
            "kennzeichnen Sie die Vorlage erst als öffentlich."
        ]
        assert Edition.objects.get(pk=paper.edition.pk).state == "working"

    def test_one_with_an_edition_before_the_council_stays_public(self):
        paper = self.ready()
        actions.submit(paper)
        paper = Paper.objects.get()
        paper.is_public = False

        with pytest.raises(ValidationError) as refused:
            write(save=[paper])

        assert refused.value.messages == [
            "Mit dieser Vorlage ist eine Fassung eingebracht: Sie ist öffentlich und bleibt es."
        ]

    def ready(self, **values: object) -> Paper:
        paper = PaperFactory(edition=EditionFactory(), **values)
        ConsultationFactory(paper=paper, role="decision", held_on=None)
        return paper


def test_staff_sees_that_it_is_not_public():
    paper = recorded(is_public=False, public_from=datetime.date(2099, 1, 1))
    office = browser_of(person("Gremienbüro"))

    listed = text_of(office.get("/verwaltung/rat/").content.decode())
    page = text_of(office.get(f"/verwaltung/rat/vorlagen/{paper.pk}/").content.decode())

    assert "2026/0666 Geheimvorgang (nichtöffentlich, ab 01.01.2099 öffentlich)" in listed
    assert "Nichtöffentlich, ab 01.01.2099 öffentlich : Von dieser Vorlage" in page
    assert "bleibt, wie er war, solange die Vorlage nichtöffentlich ist" in page


def test_public_paper_has_no_day():
    with pytest.raises(IntegrityError), transaction.atomic():
        PaperFactory(public_from=datetime.date(2099, 1, 1))

    assert PaperFactory(is_public=False, public_from=datetime.date(2099, 1, 1)).publicity
    assert PaperFactory().publicity == ""
