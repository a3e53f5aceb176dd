"""The grammar that bench/german.py writes by: articles with the endings of adjectives, and phrases. Written for it."""

CASES = ("NOM", "GEN", "DAT", "AKK")


def _articles(*rows: str) -> dict[str, dict[str, str]]:
    """By case and gender (masculine, feminine, neuter, plural): the article and the ending of the adjective."""
    return {
        case: dict(zip("mfnp", row.split(", "), strict=True)) for case, row in zip(CASES, rows, strict=True)
    }


DER = _articles(
    "der -e, die -e, das -e, die -en",
    "des -en, der -en, des -en, der -en",
    "dem -en, der -en, dem -en, den -en",
    "den -en, die -e, das -e, die -en",
)
DIESER = _articles(
    "dieser -e, diese -e, dieses -e, diese -en",
    "dieses -en, dieser -en, dieses -en, dieser -en",
    "diesem -en, dieser -en, diesem -en, diesen -en",
    "diesen -en, diese -e, dieses -e, diese -en",
)
EIN = _articles(
    "ein -er, eine -e, ein -es, viele -e",
    "eines -en, einer -en, eines -en, vieler -er",
    "einem -en, einer -en, einem -en, vielen -en",
    "einen -en, eine -e, ein -es, viele -e",
)
UNSER = _articles(
    "unser -er, unsere -e, unser -es, unsere -en",
    "unseres -en, unserer -en, unseres -en, unserer -en",
    "unserem -en, unserer -en, unserem -en, unseren -en",
    "unseren -en, unsere -e, unser -es, unsere -en",
)
ARTICLES = [DER, DER, DER, DER, EIN, EIN, EIN, DIESER, UNSER]

# What may stand for a name in capitals, a line each. NOM, GEN, DAT and AKK are nouns with their article, N and NP nouns
# without one; PRES and PLUR are verbs in the present, the others
# infinitives, participles, adjectives and numbers.
_PHRASES = {
    "SATZ": """
        HS.
        HS.
        HS.
        HS, NS.
        HS, NS.
        NS, PRES NOM AKK.
        HS und HS.
        HS; dabei PRES NOM AKK.
        HS, HS und HS.
        NOM und NOM PLUR AKK.
        Denn HS.
        Was fehlt, ist NOM, KONJ NOM AKK PRES.
        UMST und UMST PRES NOM AKK.
        Nicht jede Stadt hat AKK, doch HS.
        Das gilt UMST und ADV UMST.
        FREI.
    """,
    "HS": """
        NOM PRES AKK
        NOM PRES UMST AKK
        NOM PRES AKK UMST
        NOM ADV PRES AKK
        NOM wird UMST PART
        NOM wird ADV UMST PART
        NOM wurde JAHR PART
        NOM soll AKK INF
        NOM kann UMST ADV INF
        NOM GEN ist ADV ADJ
        NOM ist ADJ und ADJ
        NOM PRES NP und NP
        UMST PRES NOM AKK
        UMST wird NOM PART
        UMST PRES NOM ADV NP
        UMST ist NOM ADJ
        ADV PRES NOM AKK
        ADV werden NP und NP PART
        JAHR werden ZAHL NP UMST PART
        Bis JAHR PRES NOM AKK
        Wir PLUR ADV AKK
        Wir wollen AKK UMST INF
        Wer AKK PRES, PRES ADV AKK
    """,
    "NS": """
        KONJ NOM AKK PRES
        KONJ NOM AKK PRES
        KONJ NOM UMST PART wird
        KONJ NOM ADV ADJ ist
        KONJ NP UMST PART sind
        um AKK UMST zu PLUR
        ohne AKK zu PLUR
    """,
    "UMST": """
        ORT
        ORT
        ZEIT
        ZEIT
        mit DAT
        bei DAT
        nach DAT
        aus DAT
        neben DAT
        seit DAT
        für AKK
        durch AKK
        ohne AKK
        gegen AKK
        trotz GEN
        wegen GEN
        anhand GEN
        gemäß DAT
        außerhalb GEN
        hinter DAT
        um AKK
        von DAT
        zu DAT
        für ADJe NP
        mit ZAHL NP
    """,
    "KONJ": """
        weil
        damit
        wenn
        sobald
        obwohl
        bevor
        solange
        falls
        sodass
        wo
    """,
    "ADV": """
        auch
        noch
        schon
        bereits
        dann
        dort
        hier
        heute
        künftig
        außerdem
        dabei
        deshalb
        zudem
        meist
        oft
        selten
        kaum
        besonders
        nur
        wieder
        erstmals
        dagegen
        jedoch
        ebenso
        möglichst
        weiterhin
        inzwischen
        gemeinsam
        einmal jährlich
        trotzdem
        seitdem
        vorher
        nebenbei
        größtenteils
        mindestens
        teilweise
        vollständig
        kostenlos
        jederzeit
        überall
        bislang
        schrittweise
        frühzeitig
        damals
        vielleicht
        ungefähr
        jährlich
        monatlich
        vorerst
        höchstens
        ausdrücklich
    """,
    "ORT": """
        in allen Stadtbezirken
        im Stadtgebiet
        in den Quartieren
        an zwei Standorten
        in der Innenstadt
        am Kanal
        rund um die Schulen
        entlang der Hauptstraßen
        in jedem Stadtteil
        am Rand der Siedlungen
        vor Ort
        im Rathaus
        auf städtischen Grundstücken
        im Bürgerzentrum
        an den Haltestellen
        in der Nachbarschaft
        in DAT
        in DAT
        vor DAT
        unter DAT
        zwischen DAT und DAT
    """,
    "ZEIT": """
        bis zum Jahresende
        ab dem Frühjahr
        im ersten Jahr
        alle zwei Jahre
        innerhalb von ZAHL Monaten
        zu Beginn des Schuljahres
        nach der Sommerpause
        zunächst
        jeden Herbst
        vor jeder Entscheidung
        auf Dauer
        Schritt für Schritt
        spätestens JAHR
        mindestens einmal im Quartal
        bei Bedarf
        während GEN
    """,
    "FREI": """
        Dafür stehen ZAHL Euro aus DAT bereit
        Es gibt heute ZAHL NP, JAHR sollen es ZAHL sein
        Die Kosten für AKK trägt NOM
        Vorbild ist NOM aus einer anderen Stadt
        Wichtig sind dabei **NP und NP**
        Grundlage sind NOM und NOM
        Für NP gibt es ORT noch kein Angebot
        Nicht gemeint ist NOM: Hier gilt NOM
    """,
    "LISTE": """
        Dazu gehören:
        Im Einzelnen geht es um:
        Geplant sind:
        Zuerst kommen an die Reihe:
    """,
    "PUNKT": """
        NOM GEN
        N für AKK
        NP und NP
        ADJe NP ORT
        NP INF
        ZAHL NP
    """,
    "TITEL": """
        N GEN
        N für AKK
        NP und NP ORT
        N für ADJe NP
        Bis JAHR wird NOM PART
        ADJe NP durch AKK
        NP INF und NP INF
        Von DAT zu DAT
    """,
}
PHRASES = {name: [line.strip() for line in lines.strip().splitlines()] for name, lines in _PHRASES.items()}
