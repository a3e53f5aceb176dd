"""The parts of which bench/german.py makes words. Written for this purpose; no text of anybody is in them."""

# First parts of compounds, with the sounds that join them.
FIRST = """
    Abfall Abwasser Alltags Alters Angebots Arbeits Armuts Arten Ausbildungs Auen Bach Bahn Bau Baum Bedarfs Begegnungs
    Beratungs Berufs Beschaffungs Beschäftigungs Beteiligungs Betreuungs Betriebs Bevölkerungs Bewegungs Bezirks
    Bildungs Biotop Boden Brachflächen Brücken Brunnen Bücherei Bühnen Bürger Bus Chancen Dach Dämm Datenschutz Dialog
    Dienst Digital Durchgangs Ehrenamts Eigentums Einkaufs Einzelhandels Elektro Eltern Emissions Energie Entsiegelungs
    Entwicklungs Erholungs Ernährungs Ersatz Erzähl Fach Fahrrad Familien Fassaden Feinstaub Fernwärme Feuerwehr Finanz
    Flächen Fluss Förder Forschungs Forst Freizeit Freiwilligen Friedhofs Früh Fuß Ganztags Garten Gebäude Geburten
    Gefahren Geh Gemeinde Gemüse Generationen Geräte Geschichts Gesundheits Gewässer Gewerbe Gewalt Gleichstellungs
    Grün Grund Grundschul Güter Hafen Haltestellen Hand Handwerks Haupt Haushalts Hausarzt Hecken Heimat Heiz Herbst
    Hitze Hoch Hof Hochwasser Hort Industrie Informations Innen Innovations Insekten Integrations Internet Jahres Jugend
    Kanal Kanu Kinder Kinderarzt Kita Kleingarten Klima Klinik Kompost Kosten Kraft Kranken Kreativ Kreislauf Kultur
    Kunst Küchen Kurz Lade Laden Land Landschafts Lärm Lastenrad Laub Leerstands Lehr Leih Leit Lern Lese Licht Lieder
    Logistik Luft Mädchen Markt Medien Mehrweg Mensa Messe Miet Mikro Mitfahr Mobilitäts Museums Musik Müll Nacht
    Nachbarschafts Nah Nachhaltigkeits Natur Naturschutz Neubau Netz Nutzungs Obst Öffentlichkeits Orts Park Parkplatz
    Partnerschafts Pausen Pendler Personal Pfad Pflanz Pflege Platz Platten Plan Präventions Preis Probe Projekt Prüf
    Quartiers Rad Radweg Rat Raum Recht Recycling Regen Regional Reise Renten Reparatur Rettungs Ruhe Saat Sammel
    Sanierungs Sauberkeits Schatten Schul Schüler Schüttgut Schwimm Selbsthilfe Senioren Service Sicherheits Siedlungs
    Solar Sommer Sozial Spiel Spielplatz Sport Sprach Stadt Stadtteil Standort Straßen Straßenbahn Strom Studien Tages
    Tausch Technik Teilhabe Theater Tier Transport Treff Trink Turn Übergangs Ufer Umbau Umwelt Unfall Unternehmens
    Unterrichts Verbands Verbraucher Vereins Vergabe Verkehrs Vermiet Verpackungs Versorgungs Versuchs Verwaltungs
    Vogel Volkshochschul Vorsorge Wald Wärme Wander Wasser Wege Weiden Weiterbildungs Werk Wettbewerbs Wiesen Wind
    Winter Wirtschafts Wissens Wochen Wohn Wohnungs Zeit Zentral Ziel Zoo Zufluss Zukunfts Zusammenarbeits
""".split()  # noqa: SIM905

# Nouns: gender, singular, plural. Each also is the second part of compounds.
NOUNS = """
    m Ablauf Abläufe, n Amt Ämter, n Angebot Angebote, f Anlage Anlagen, m Anteil Anteile, m Antrag Anträge,
    f Arbeit Arbeiten, m Aufbau Aufbauten, f Aufgabe Aufgaben, m Ausschuss Ausschüsse, f Auswertung Auswertungen,
    m Bedarf Bedarfe, f Beratung Beratungen, m Bereich Bereiche, m Bericht Berichte, m Bestand Bestände,
    m Betrieb Betriebe, f Börse Börsen, n Budget Budgets, n Büro Büros, f Dichte Dichten, m Dienst Dienste,
    f Einrichtung Einrichtungen, m Einsatz Einsätze, f Fachkraft Fachkräfte, f Fläche Flächen, m Beitrag Beiträge,
    f Form Formen, n Forum Foren, f Frage Fragen, f Gebühr Gebühren, n Gebiet Gebiete, n Gebäude Gebäude,
    n Gelände Gelände, n Gespräch Gespräche, f Gruppe Gruppen, f Halle Hallen, n Haus Häuser, n Heft Hefte,
    f Hilfe Hilfen, m Hof Höfe, f Idee Ideen, f Initiative Initiativen, n Kataster Kataster, f Karte Karten,
    f Konferenz Konferenzen, n Konzept Konzepte, m Kreis Kreise, m Kurs Kurse, f Lage Lagen, m Lehrpfad Lehrpfade,
    f Liste Listen, n Lager Lager, f Leistung Leistungen, f Lücke Lücken, n Material Materialien, f Maßnahme Maßnahmen,
    f Meldung Meldungen, f Menge Mengen, n Mobil Mobile, n Modell Modelle, n Netz Netze, n Netzwerk Netzwerke,
    f Nutzung Nutzungen, n Objekt Objekte, m Ort Orte, f Patenschaft Patenschaften, f Planung Pläne, m Platz Plätze,
    n Portal Portale, f Praxis Praxen, n Problem Probleme, n Programm Programme, n Projekt Projekte, m Preis Preise,
    f Prüfung Prüfungen, f Quote Quoten, m Rahmen Rahmen, m Raum Räume, f Regel Regeln, f Reihe Reihen, m Rest Reste,
    n Register Register, f Rückmeldung Rückmeldungen, f Schulung Schulungen, n Schild Schilder, m Schutz Schutze,
    f Siedlung Siedlungen, m Speicher Speicher, f Spende Spenden, f Stelle Stellen, f Station Stationen,
    m Standard Standards, f Steuerung Steuerungen, f Straße Straßen, f Strecke Strecken, f Studie Studien,
    f Stunde Stunden, n System Systeme, m Tag Tage, f Tafel Tafeln, n Team Teams, m Termin Termine, m Treff Treffs,
    f Umfrage Umfragen, m Umbau Umbauten, n Ufer Ufer, f Veranstaltung Veranstaltungen, m Verbund Verbünde,
    m Verein Vereine, n Verfahren Verfahren, m Verlauf Verläufe, m Versuch Versuche, m Vertrag Verträge,
    n Viertel Viertel, m Vorrat Vorräte, f Werkstatt Werkstätten, m Weg Wege, m Wettbewerb Wettbewerbe,
    f Wirkung Wirkungen, f Woche Wochen, n Wissen Kenntnisse, f Zahl Zahlen, n Zeichen Zeichen, n Zentrum Zentren,
    n Ziel Ziele, f Zone Zonen, m Zuschuss Zuschüsse, m Zugang Zugänge, m Zustand Zustände
""".split(",")  # noqa: SIM905

ADJECTIVES = """
    aktuell alt barrierefrei bedeutend begrünt bekannt benachbart beteiligt bezahlbar blühend breit dauerhaft dicht
    digital eigen einfach einzeln engagiert erfahren erheblich erneuerbar erreichbar fachlich fair fest flexibel
    freiwillig früh gebraucht geeignet gefährdet gemeinsam gemeinnützig genau gerecht gering gesund gewachsen grün groß
    gut gültig hell heimisch jährlich jung kinderreich klein klimaneutral kommunal kostenfrei kulturell kurz künftig
    landesweit lang laufend lebendig leicht leerstehend lokal mehrsprachig mobil möglich nachhaltig nah naturnah neu
    niedrig notwendig nötig offen öffentlich örtlich passend persönlich praktisch privat regelmäßig regional ruhig
    sauber schattig schnell schwach sicher sichtbar sozial sparsam städtisch stark strategisch tatsächlich überörtlich
    umfassend unabhängig ungenutzt unterschiedlich verbindlich verfügbar verlässlich verkehrsberuhigt versiegelt
    vielfältig vorhanden weit wichtig wirksam wohnortnah zentral zusätzlich zuständig zugänglich
""".split()  # noqa: SIM905
ADJECTIVE_ENDS = """
    bezogen freundlich gerecht neutral nah orientiert relevant übergreifend verträglich wirksam
""".split()  # noqa: SIM905

# Verbs: infinitive, present of the third person, participle.
VERBS = """
    begleiten begleitet begleitet, begrenzen begrenzt begrenzt, beraten berät beraten, beschließen beschließt
    beschlossen, beschreiben beschreibt beschrieben, besuchen besucht besucht, betreffen betrifft betroffen,
    betreiben betreibt betrieben, bewerten bewertet bewertet, bündeln bündelt gebündelt, dokumentieren dokumentiert
    dokumentiert, entlasten entlastet entlastet, entwickeln entwickelt entwickelt, erfassen erfasst erfasst,
    ergänzen ergänzt ergänzt, erhalten erhält erhalten, erleichtern erleichtert erleichtert, ermöglichen ermöglicht
    ermöglicht, erneuern erneuert erneuert, erproben erprobt erprobt, erreichen erreicht erreicht, erweitern
    erweitert erweitert, finanzieren finanziert finanziert, fördern fördert gefördert, gestalten gestaltet gestaltet,
    informieren informiert informiert, koordinieren koordiniert koordiniert, leiten leitet geleitet, messen misst
    gemessen, nutzen nutzt genutzt, öffnen öffnet geöffnet, organisieren organisiert organisiert, pflegen pflegt
    gepflegt, planen plant geplant, prüfen prüft geprüft, sanieren saniert saniert, sammeln sammelt gesammelt,
    schützen schützt geschützt, sichern sichert gesichert, stärken stärkt gestärkt, steuern steuert gesteuert,
    überprüfen überprüft überprüft, unterstützen unterstützt unterstützt, verändern verändert verändert, verbessern
    verbessert verbessert, verbinden verbindet verbunden, vereinbaren vereinbart vereinbart, vergrößern vergrößert
    vergrößert, vermeiden vermeidet vermieden, vermitteln vermittelt vermittelt, vernetzen vernetzt vernetzt,
    veröffentlichen veröffentlicht veröffentlicht, verringern verringert verringert, vertiefen vertieft vertieft,
    wiederholen wiederholt wiederholt, zählen zählt gezählt
""".split(",")  # noqa: SIM905
PREFIXES = """
    ab an auf aus bei durch ein fort heraus hinzu mit nach um vor weiter zu zurück zusammen
""".split()  # noqa: SIM905
SEPARABLE = """
    bauen gebaut, bringen gebracht, führen geführt, geben gegeben, halten gehalten, legen gelegt, leiten geleitet,
    nehmen genommen, rechnen gerechnet, richten gerichtet, rufen gerufen, setzen gesetzt, stellen gestellt,
    tragen getragen, zeigen gezeigt, ziehen gezogen
""".split(",")  # noqa: SIM905
