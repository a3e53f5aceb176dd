"""The title sheet: which edition this is, where it is, what the council did with it."""

import datetime
import re

import pytest
import segno
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from strategy.editions import actions
from strategy.editions.models import Edition, Strategy
from strategy.pages.qr import qr_of_address
from tests.factories import ChapterFactory
from tests.printing.printed_pages import get, say
from tests.printing.sample import store

pytestmark = pytest.mark.django_db


def staff() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("leitung", password="x"))
    return client


def facts(page: str) -> dict[str, str]:
    """What the sheet says of the edition."""
    own = page.partition('<dl class="facts facts--edition">')[2].partition("</dl>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", own, flags=re.S)
    return {say(label): say(value) for label, value in pairs}


def test_title_sheet_names_strategy_form_and_edition(settings):
    edition = store()
    day = f"{timezone.localdate(edition.frozen_at):%-d}."

    page = get("/druck/")

    head = say(page.partition('<header class="title')[2].partition('<dl class="facts')[0])
    assert "Stadt Herne Strategie Herne Leitlinien und Ziele Langfassung" in head
    said = facts(page)
    assert {
        name: said[name] for name in ("Fassung", "Stand", "Prüfsumme des Textes", "Über diese Fassung")
    } == {
        "Fassung": "Fassung eins",
        "Stand": "Arbeitsstand",
        "Prüfsumme des Textes": f"{edition.digest[:12]} SHA-256: {edition.digest} "
        f"nicht die eines PDF; so prüfen Sie sie: {settings.PUBLIC_URL}/pruefsumme/",
        "Über diese Fassung": "Enthalten: 2 Kapitel, 2 Themenfelder, 2 Leitlinien, 2 strategische Ziele, "
        "1 operatives Ziel, 4 Maßnahmen. Nur zum Testen.",
    }
    assert said["Textstand"].startswith(f"eingefroren am {day}")
    assert said["Dieser Ausdruck"].startswith(
        "Nur der eingefrorene Text. Der laufend gemeldete Umsetzungsstand gehört nicht dazu. "
        f"Der Beschlussstand der Maßnahmen ist der vom {day}"
    )


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("druck/", "Langfassung"),
        ("druck/?umfang=kurz", "Kurzfassung"),
        ("druck/?stadtbezirk=wanne", "Maßnahmen im Stadtbezirk Wanne"),
        ("druck/?stadtbezirk=stadtweit", "Maßnahmen in der ganzen Stadt"),
        ("druck/?fachbereich=schule", "Maßnahmen nach Federführung: Fachbereich Schule"),
        ("themenfelder/klima/druck/", "Themenfeld 2: Klima"),
        ("ziele/schulen/druck/", "Strategisches Ziel 1.1"),
        ("ziele/mehr-gaerten/druck/", "Operatives Ziel 1.1.1"),
        ("massnahmen/labor/druck/", "Maßnahme 1.1.1.2"),
    ],
)
def test_each_form_cites_its_address_of_the_edition_never_that_of_the_request(path: str, form: str, settings):
    settings.PUBLIC_URL = "https://strategie.example"
    store()
    cited = f"https://strategie.example/fassungen/eins/{path}"

    for base in ("/", "/fassungen/eins/"):
        page = get(f"{base}{path}", host="localhost")

        assert f'<p class="title__form">{form}</p>' in page
        assert facts(page)["Im Netz"] == f"{cited} Diese Fassung, dauerhaft unverändert."
        assert f'aria-label="QR-Code der Adresse {cited}"' in page
        assert "localhost" not in page


def test_qr_code_has_the_modules_of_its_address_and_no_inline_style():
    address = "https://strategie.example/fassungen/eins/druck/?umfang=kurz"

    svg = qr_of_address(address, 'Ein "Name" <b>')

    code = segno.make(address, error="m", micro=False)
    assert _dark(svg) == {
        (x + 4, y + 4) for y, row in enumerate(code.matrix) for x, module in enumerate(row) if module & 1
    }
    assert 'role="img" aria-label="Ein &quot;Name&quot; &lt;b&gt;"' in svg
    assert "style" not in svg


def _dark(svg: str) -> set[tuple[int, int]]:
    """The dark modules that the path draws: lines of one unit's height, relative to where the last one ended."""
    path = re.search(r'stroke="#000" d="([^"]+)"', svg).group(1)
    x, y, found = 0.0, 0.0, set()
    for command, first, second in re.findall(r"([Mmh])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if command == "h":
            found |= {(int(x) + step, int(y)) for step in range(int(first))}
            x += float(first)
        else:
            x = float(first) + (x if command == "m" else 0)
            y = float(second) + (y if command == "m" else 0)
    return found


def test_sample_is_named():
    with_sample = store(meta={"has_sample": True})

    assert with_sample.has_sample
    assert "Enthält Beispieldaten: Alles mit „Beispiel:“ im Titel ist erfunden" in say(get("/druck/"))


def test_edition_without_sample_does_not_speak_of_it():
    store()

    assert "Beispieldaten" not in get("/druck/")


def test_edition_that_is_not_public_says_so_to_staff():
    store("eins")
    store("geheim", public=False)

    page = get("/verwaltung/fassungen/geheim/druck/", staff())

    assert facts(page)["Stand"] == "Arbeitsstand, noch nicht öffentlich"
    assert "Diese Fassung ist noch nicht öffentlich." in page
    assert "/fassungen/geheim/druck/ Die Adresse ist für alle erreichbar" in facts(page)["Im Netz"]
    assert Client().get("/fassungen/geheim/druck/").status_code == 404


def test_withheld_edition_is_printed_for_staff_alone():
    edition = store("alt")
    store("neu")
    actions.withhold(edition, reason="Ein Name wird geprüft.")

    public = Client().get("/fassungen/alt/druck/")
    page = get("/verwaltung/fassungen/alt/druck/", staff())

    assert public.status_code == 410
    assert "Ein Name wird geprüft." in public.content.decode()
    assert facts(page)["Stand"] == "Arbeitsstand, der Öffentlichkeit vorenthalten"


def test_working_tree_has_no_address_and_is_kept_nowhere():
    Strategy(city="Herne", title="Entwurf").save()
    ChapterFactory(title="Ganz neu")

    response = staff().get("/verwaltung/vorschau/druck/")

    page = response.content.decode()
    assert "Ganz neu" in page
    assert facts(page)["Stand"] == "Arbeitsstand, nicht eingefroren, nicht veröffentlicht"
    assert not {"Im Netz", "Zitieren"} & set(facts(page))
    assert '<svg role="img"' not in page
    assert response["Cache-Control"] == "private, no-store"


def test_staff_pages_ask_for_a_login():
    store()

    for address in ("/verwaltung/vorschau/druck/", "/verwaltung/fassungen/eins/druck.css"):
        assert Client().get(address)["Location"].startswith("/verwaltung/login/")


def test_sealed_edition_names_its_resolution():
    edition = store()
    actions.set_state(edition, Edition.State.CONSULTATION, paper_number="2026/0001")
    consultation = facts(get("/druck/"))
    actions.set_state(
        Edition.objects.get(slug="eins"),
        Edition.State.ADOPTED,
        paper_number="2026/0001",
        decided_by="Rat der Stadt",
        decided_on=datetime.date(2026, 5, 1),
        result="beschlossen",
    )

    adopted = facts(get("/druck/"))

    assert (consultation["Stand"], consultation["Vorlage"]) == ("In Beratung", "2026/0001")
    assert adopted["Stand"] == "Beschlossen"
    assert adopted["Beschluss"] == "Rat der Stadt: beschlossen am 1. Mai 2026, Vorlage 2026/0001"


@pytest.mark.parametrize(
    "path", ["druck/", "druck/?umfang=kurz", "druck/?stadtbezirk=wanne", "massnahmen/labor/druck/"]
)
def test_each_form_says_how_to_cite_it(path: str):
    store()

    said = facts(get(f"/{path}"))["Zitieren"]

    assert said == "Zitieren Sie nach der Kennung (zum Beispiel 1.1.1.3), nicht nach der Seite."
