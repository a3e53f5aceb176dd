"""A strategy file with one row in each of its lists, and the sentence for a row that is left alone."""

LISTS = """\
format: 1
strategy: {title: Strategie, city: Herne, subtitle: Leitlinien}
edition: {slug: erste, title: Erste Fassung, remark: Aus der Datei.}
papers:
  - reference: 2021/0734
    name: Vorlage
    consultations: [{body: rat, held_on: 2021-10-05}]
sdgs:
  - {number: 4, title: Bildung, long_title: Bildung für alle, colour: "#C5192D", text_colour: white}
districts:
  - {key: wanne, name: Wanne}
departments:
  - {key: umwelt, name: Umwelt, email: umwelt@example.org}
nodes: []
bodies: [{key: rat, name: Rat, kind: council}]
"""
STAYS = "bleibt, wie {} ist; --overwrite übernimmt die Datei."


def left(number: int, what: str, names: str, pronoun: str = "er") -> str:
    return (
        f"datei.yaml, Zeile {number}: {what} ist in der Datenbank anders (abweichend: {names}) und "
        + STAYS.format(pronoun)
    )
