"""What the page of a Synopse shows: what changed, where, and each change as it is read best."""

import re

import pytest
from django.test import Client

from strategy.history import node_actions
from strategy.history.origin_actions import set_origins
from tests.printing.synopse_pages import PAGE, get, planted, publish, rows

pytestmark = pytest.mark.django_db


@pytest.fixture
def nodes():
    return planted()


def test_every_change_stands_side_by_side_with_its_reason(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Zwei Gärten an jeder Schule."}, reason="Antrag 12")
    node_actions.move(nodes["Kurse"], target=nodes["Kitas"], pos="last-child", reason="Passt besser")
    node_actions.delete(nodes["Labor"])
    node_actions.add(kind="measure", content={"title": "Neues"}, parent=nodes["Kitas"])
    publish("neu")

    page = get(client)

    found = rows(page)
    assert (
        "„Fassung neu“ unterscheidet sich von „Fassung alt“ in 4 Änderungen: "
        "1 neu, 1 entfallen, 1 verschoben, 1 geändert." in page
    )
    assert [re.match(r"Änderung \d+ (\S+ \S+)", each).group(1) for each in found] == [
        "1.1.0.1 Garten",
        "1.1.0.3 Labor",
        "1.2.0.1 Kurse",
        "1.2.0.2 Neues",
    ]
    assert "<del>Ein Garten</del> an jeder Schule." in found[0]
    assert "<ins>Zwei Gärten</ins> an jeder Schule." in found[0]
    assert found[0].endswith("Begründung: Antrag 12")
    assert "Maßnahme: entfallen" in found[1]
    assert "Platz Bisher: Steht unter „1.1 Schulen“. Neu: Steht unter „1.2 Kitas“." in found[2]
    assert "Maßnahme: neu" in found[3]
    assert "Begründung" not in found[3] and "Wo keine Begründung steht, ist keine angegeben." in page


def test_fields_that_differ_have_a_row_each_with_both_sides_in_it(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"title": "Gärten", "text": "Zwei Gärten an jeder Schule."})
    publish("neu")

    table = re.findall(r"<tbody>(.*?)</tbody>", get(client), flags=re.S)[0]
    cells = [
        re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, flags=re.S)
        for row in re.findall("<tr>(.*?)</tr>", table)
    ]
    words = [
        [re.sub(r"\(Ende.*?\)|<[^>]+>|Bisher:|Neu:|entfällt:|neu:", "", cell).strip() for cell in row]
        for row in cells
    ]

    assert words == [
        ["Titel", "Garten", "Gärten"],
        ["Text", "Ein Garten  an jeder Schule.", "Zwei Gärten  an jeder Schule."],
    ]


def test_node_that_is_new_or_dropped_is_read_as_a_whole_without_marks(client: Client, nodes):
    node_actions.change(
        nodes["Labor"], content={"text": "Ein Labor.", "start_year": 2030, "staff": "eine Stelle"}
    )
    publish("alt")
    node_actions.delete(nodes["Labor"])
    node_actions.add(
        kind="measure", content={"title": "Neues", "text": "Eins.\n\n- zwei"}, parent=nodes["Kitas"]
    )
    publish("neu")

    dropped, new = rows(get(client))

    assert dropped.endswith(
        "Ein Labor. Beschlussstand: Vorschlag unter Vorbehalt Geplanter Zeitraum: ab 2030 Personal: eine Stelle"
    )
    assert "Eins. • zwei" in new
    assert not re.search("<(del|ins|table)", dropped + new)


def test_changes_stand_below_the_theme_that_they_are_in_and_are_reached_from_the_top(client: Client, nodes):
    wohnen = node_actions.add(kind="theme", content={"title": "Wohnen"})
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.delete(nodes["Labor"])
    node_actions.change(wohnen, content={"text": "Neu."})
    publish("neu")

    page = get(client)

    for each in (page, get(client, f"{PAGE}druck/")):
        named = re.findall(r'<a href="#(teil-\d)">([^<]+)</a> <span class="quiet">([^<]+)</span>', each)
        assert named == [("teil-1", "1 Bildung", "2 Änderungen"), ("teil-2", "2 Wohnen", "1 Änderung")]
        for anchor, title, _number in named:
            assert re.search(rf'<h2 [^>]*id="{anchor}">{title}</h2>', each)
    assert (
        "<li><strong>Entfallen:</strong> 1 Maßnahme</li><li><strong>Geändert:</strong> 1 Themenfeld, 1 Maßnahme</li>"
        in page
    )


def test_change_leads_to_the_node_in_both_editions(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.delete(nodes["Labor"])
    publish("neu")

    links = re.findall(r'<a href="(/fassungen/[^"]+/massnahmen/[^"]+)">', get(client))

    assert links == [
        "/fassungen/alt/massnahmen/garten/",
        "/fassungen/neu/massnahmen/garten/",
        "/fassungen/alt/massnahmen/labor/",
    ]
    assert [client.get(link).status_code for link in links] == [200, 200, 200]


def test_counts_that_the_sentence_has_are_not_said_again(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    node_actions.delete(nodes["Labor"])
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        assert "in 2 Änderungen: 1 entfallen, 1 geändert." in page
        assert "synopse__counts" not in page


def test_marks_of_markdown_are_not_shown(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Ein **Garten**:\n\n- Beete\n- Wege"})
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        assert "• Beete<br>• Wege" in page
        assert "**" not in page


def test_page_says_once_that_there_are_no_reasons(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "Neu."})
    publish("neu")

    for page in (get(client), get(client, f"{PAGE}druck/")):
        head = re.findall(r'<th scope="col">(.*?)</th>', page)
        assert head == ["Änderung 1", "Bisherige Fassung", "Neue Fassung"]
        assert page.count("Zu diesen Änderungen sind keine Begründungen angegeben.") == 1
        assert "Wo keine Begründung steht" not in page


def test_page_stands_below_all_editions_and_leads_to_paper_and_file(client: Client, nodes):
    publish("alt")
    publish("neu")

    page = get(client)

    breadcrumbs = page.partition('<nav class="breadcrumbs')[2].partition("</nav>")[0]
    above = re.findall(r'<a href="([^"]+)">([^<]+)</a>', breadcrumbs)
    assert above == [("/", "Start"), ("/fassungen/", "Alle Fassungen")]
    assert f'<a href="{PAGE}druck/">Synopse drucken</a>' in page
    assert f'<a href="{PAGE}synopse.pdf">Synopse als PDF</a>' in page


def test_what_is_only_renumbered_stands_apart(client: Client, nodes):
    publish("alt")
    node_actions.delete(nodes["Garten"])
    publish("neu")

    page = get(client)

    assert len(rows(page)) == 1
    assert "1.1.0.2 → 1.1.0.1" in page.split("Nur neu nummeriert")[1]


def test_merged_and_split_are_said_on_both_sides_and_lead_to_each_other(client: Client, nodes):
    publish("alt")
    part = node_actions.add(kind="measure", content={"title": "Beete"}, parent=nodes["Kitas"])
    set_origins(part, origins=[str(nodes["Garten"].uid)], reason="Teil des Gartens")
    set_origins(nodes["Kurse"], origins=[str(nodes["Labor"].uid)])
    node_actions.change(nodes["Kurse"], content={"text": "Auch im Labor."})
    node_actions.delete(nodes["Labor"])
    publish("neu")

    page = get(client)

    kurse, labor, beete = rows(page)
    assert "Hat aufgenommen: „1.1.0.3 Labor“ (Änderung 2)" in kurse
    assert "Aufgegangen in: „1.1.0.2 Kurse“ (Änderung 1)" in labor
    assert "Hervorgegangen aus: „1.1.0.1 Garten“" in beete
    assert beete.endswith("Begründung: Teil des Gartens")
    assert re.findall(r'<a href="([^"]+)">\s*„', page) == [
        "#aenderung-2",
        "#aenderung-1",
        "/fassungen/alt/massnahmen/garten/",
    ]
    assert "<strong>1</strong> in anderen aufgegangen" in page
    assert "Eine Änderung kann von mehreren Arten sein und zählt dann bei jeder mit:" in page


def test_texts_are_shown_as_text(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "<script>alert(1)</script>"}, reason="<b>Grund</b>")
    publish("neu")

    page = get(client)

    assert "<script>alert" not in page
    assert "<b>Grund" not in page


def test_emphasis_without_an_end_of_depth_is_shown_as_typed(client: Client, nodes):
    publish("alt")
    node_actions.change(nodes["Garten"], content={"text": "*a " * 3000 + "a* " * 3000})
    publish("neu")

    assert "*a *a *a" in get(client)
