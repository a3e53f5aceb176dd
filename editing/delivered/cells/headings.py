"""What headings of lists usually mean, word by word. Plain Python. Each line: what a column is read as, and headings
that say so, folded as in editing.delivered.cells.words."""

import re
from collections.abc import Mapping
from functools import lru_cache

from editing.delivered.cells.words import words

_MEANINGS = """
number: nr, nummer, lfd nr, lfd, laufende nummer, kennung, code, id, kennziffer, massnahmennummer, massnahmen
    nr, massnahme nr, nr der massnahme, gliederung, kuerzel, pos, position, ordnungsnummer, gliederungsnummer,
    kenn nr, projektnummer, projekt nr, ziffer
level: ebene, typ, hierarchieebene, gliederungsebene, stufe, art des eintrags, hierarchie, zielebene
theme: themenfeld, handlungsfeld, themenbereich, themengebiet, kategorie, dimension, cluster, schwerpunkt,
    thema, aktionsfeld, themenschwerpunkt, rubrik, bereich, handlungsbereich, themenfelder, handlungsfelder,
    schwerpunktthema
guideline: leitlinie, leitbild, leitsatz, vision, leitlinien
strategic_goal: strategisches ziel, strategische ziele, leitziel, oberziel, hauptziel, ziel, ziele, zielsetzung,
    uebergeordnetes ziel, zielbereich, strategie, entwicklungsziel
operational_goal: operatives ziel, operative ziele, teilziel, unterziel, operationelles ziel, handlungsziel,
    massnahmenziel, konkretes ziel
measure: massnahme, massnahmen, massnahmentitel, titel, bezeichnung, name, projekt, projekttitel, vorhaben,
    aktivitaet, aktion, was, kurztitel, massnahmenbezeichnung, massnahmenname, projektname, projektbezeichnung,
    titel der massnahme, name der massnahme, bezeichnung der massnahme, einzelmassnahme, kurzbezeichnung,
    aktivitaeten, massnahme projekt
text: beschreibung, kurzbeschreibung, inhalt, text, massnahmenbeschreibung, details, inhalte, beschreibung der
    massnahme, kurze beschreibung, kurzbeschreibung der massnahme, projektbeschreibung, massnahmeninhalt,
    langtext, naehere beschreibung
period: zeitraum, laufzeit, umsetzungszeitraum, zeitplan, zeitrahmen, zeitliche umsetzung, wann, termin,
    realisierung, projektlaufzeit, durchfuehrungszeitraum, zeit, jahr, zeitplanung, zeithorizont, umsetzung,
    realisierungszeitraum, jahre, geplanter zeitraum, dauer
start_year: beginn, start, von, startjahr, anfang, umsetzungsbeginn, projektbeginn, ab, startdatum,
    projektstart, beginn jahr, geplanter beginn, massnahmenbeginn, ab jahr
end_year: ende, bis, endjahr, fertigstellung, umsetzung bis, projektende, frist, abschluss, enddatum, geplantes
    ende, geplanter abschluss, bis jahr, fertigstellung bis, zieltermin, massnahmenende
is_ongoing: laufend, fortlaufend, dauerhaft, daueraufgabe
lead: federfuehrung, federfuehrend, zustaendigkeit, zustaendig, verantwortlich, verantwortlichkeit, fachbereich,
    amt, organisationseinheit, dienststelle, wer, fb, zustaendiger fachbereich, federfuehrender fachbereich,
    verantwortlicher fachbereich, zustaendige stelle, verantwortung, abteilung, fachamt, zustaendiges amt,
    federfuehrendes amt, oe, fachdienst, verantwortliche stelle, verantwortliche, federfuehrende stelle,
    fachbereich federfuehrung
partners: beteiligte, partner, kooperationspartner, kooperation, akteure, weitere beteiligte, mitwirkende,
    beteiligte akteure, projektpartner, externe partner, weitere akteure, beteiligte fachbereiche, mit wem,
    kooperationen, partnerinnen und partner, beteiligte stellen, partner innen
committees: gremien, gremium, ausschuss, beteiligte gremien, zustaendiger ausschuss, ausschuesse, fachausschuss,
    politische gremien
districts: stadtbezirk, stadtbezirke, bezirk, ort, wo, raum, raeumlicher bezug, raumbezug, standort, stadtteil,
    ortsteil, gebiet, verortung, stadtteile, bezirke, raeumliche zuordnung, lage, umsetzungsort
target_group: zielgruppe, zielgruppen, fuer wen, adressaten, adressat, zielgruppe n
participation: beteiligung, buergerbeteiligung, beteiligungsform, art der beteiligung, partizipation,
    oeffentlichkeitsbeteiligung, buerger innenbeteiligung, form der beteiligung
participation_note: hinweis zur beteiligung, begruendung beteiligung, zur beteiligung, beteiligungskonzept,
    bemerkung beteiligung, art und weise der beteiligung
novelty: bestehend oder neu, neu oder bestehend, neu bestehend, bestehend neu, neu, massnahmenart, art der
    massnahme, neuigkeit, neue massnahme, massnahmenstatus, art, status der massnahme, bestand neu
staff: personal, personalbedarf, personalaufwand, stellen, vzae, stellenanteil, personelle ressourcen,
    personalressourcen, stellenbedarf, stellenanteile, personal vzae, personaleinsatz, vza
cost: kosten, gesamtkosten, finanzbedarf, finanzieller aufwand, finanzielle auswirkungen, mittelbedarf, budget,
    kostenschaetzung, finanzmittel, kostenrahmen, aufwand, finanzvolumen, geschaetzte kosten, kosten geschaetzt,
    sachkosten, kosten gesamt, betrag, hoehe, haushaltsmittel, finanzielle ressourcen, projektkosten
cost_once: einmalige kosten, kosten einmalig, einmalig, investitionskosten, investition, einmaliger aufwand,
    investitionen, anschaffungskosten, kosten investiv, finanzbedarf einmalig
cost_yearly: jaehrliche kosten, kosten jaehrlich, jaehrlich, laufende kosten, kosten pro jahr, folgekosten,
    kosten p a, betriebskosten, kosten laufend, jaehrlicher aufwand, unterhaltungskosten, kosten konsumtiv, p a,
    pro jahr, kosten jahr, finanzbedarf jaehrlich, kosten p a laufend, kosten laufend p a
cost_note: hinweis zu den kosten, bemerkung kosten, anmerkung kosten, kostenerlaeuterung, erlaeuterung kosten,
    bemerkung zu den kosten, kosten bemerkung
funding: finanzierung, finanzierungsquelle, foerderung, foerdermittel, foerderprogramm, mittelherkunft,
    haushalt, produkt, foerdergeber, finanzierung durch, quelle, mittelgeber
sdgs: sdg, sdgs, nachhaltigkeitsziele, globale ziele, agenda 2030, sdg bezug, bezug zu sdg, un ziele, ziele der
    agenda 2030, globale nachhaltigkeitsziele, bezug sdg, beitrag zu sdg, sdg nr, sdg nummer,
    nachhaltigkeitsziel, beitrag zu den sdgs
value_name: indikator, kennzahl, messgroesse, was gemessen wird, indikatoren, kennzahlen
target_value: zielwert, sollwert, zielgroesse, soll, zielwert 2030, zielzahl
base_value: basiswert, ausgangswert, istwert, ist wert, ist, startwert
base_year: basisjahr, jahr des basiswerts, basiswert aus dem jahr
unit: einheit, masseinheit
due_year: zieljahr, zu erreichen bis, erreichen bis, zielerreichung, zielerreichung bis
horizon: horizont
note: bemerkung, bemerkungen, anmerkung, anmerkungen, hinweis, hinweise, kommentar, notizen, notiz, sachstand,
    status, umsetzungsstand, stand, prioritaet, umsetzungsstatus, bearbeitungsstand
person: ansprechpartner, ansprechpartnerin, ansprechperson, kontakt, telefon, e mail, email, bearbeiter,
    sachbearbeitung, ansprechpartner in, kontaktperson, mail, bearbeiterin, verantwortliche person,
    projektleitung
remarks: anmerkungen des portals
"""
MEANINGS: dict[str, tuple[str, ...]] = {
    target: tuple(" ".join(phrase.split()) for phrase in phrases.split(","))
    for target, phrases in (line.split(": ", 1) for line in re.split(r"\n(?=\S)", _MEANINGS.strip()))
}
_UNITS = {"eur", "euro", "teur", "tsd", "mio", "t", "keur"}
_LAST_SAYS = {
    "start_year",
    "end_year",
    "number",
    "cost_once",
    "cost_yearly",
    "cost_note",
    "cost",
    "funding",
}  # "Laufzeit von"
_FILLERS = {
    "in",
    "zu",
    "zum",
    "zur",
    "den",
    "dem",
    "und",
    "der",
    "die",
    "das",
    "des",
    "geplant",
    "geplante",
    "geplanter",
    "voraussichtlich",
    "voraussichtliche",
    "ggf",
    "optional",
    "bzw",
    "ca",
    "geschaetzt",
}
LONGEST = 80  # characters of a heading
_ENDS_SAY = {  # of the last word: "Umsetzungsende"
    "ende": "end_year",
    "beginn": "start_year",
    "start": "start_year",
    "kosten": "cost",
    "nummer": "number",
    "beschreibung": "text",
    "titel": "measure",
    "bezeichnung": "measure",
    "partner": "partners",
    "zeitraum": "period",
    "quelle": "funding",
}
GOOD = 0.5  # from here on a heading says what its column is


def meanings(heading: str, more: Mapping[str, tuple[str, ...]] | None = None) -> list[tuple[float, str]]:
    """What a heading may mean, the likeliest first, each with how likely it is from 0 to 1."""
    said = _said(heading)
    if not said:
        return []
    found: dict[str, float] = {}
    for target, phrases in [*MEANINGS.items(), *(more or {}).items()]:
        rating = max((_rating(said, _bare_phrase(phrase)) for phrase in phrases), default=0.0)
        if target in _LAST_SAYS and len(said) > 1 and said[-1] in phrases:
            rating = max(rating, 0.9)
        if rating > 0:
            found[target] = max(rating, found.get(target, 0.0))
    for ending, target in _ENDS_SAY.items():
        if said[-1].endswith(ending):
            found[target] = max(0.7, found.get(target, 0.0))
    return sorted(((rating, target) for target, rating in found.items()), key=lambda pair: -pair[0])


@lru_cache(maxsize=4096)
def known(heading: str) -> float:
    """How well a heading is known, from 0 to 1."""
    if len(heading) > LONGEST:
        return 0.0
    return max((rating for rating, _target in meanings(heading)), default=0.0)


def _said(heading: str) -> list[str]:
    bare = re.sub(r"\([^)]*\)|\[[^\]]*\]|€|%", " ", heading)
    said = words(bare) or words(heading)
    return _bare(said)


def _bare(said: list[str]) -> list[str]:
    return [word for word in said if word not in _UNITS | _FILLERS] or said


@lru_cache(maxsize=4096)
def _bare_phrase(phrase: str) -> list[str]:
    return _bare(phrase.split())


def _rating(said: list[str], phrase: list[str]) -> float:
    if phrase[0] not in said:
        return 0.0
    if said == phrase:
        return 1.0
    if sorted(said) == sorted(phrase):
        return 0.95
    places = range(len(said) - len(phrase) + 1)
    at = next((at for at in places if said[at : at + len(phrase)] == phrase), None)
    if at is None:
        return 0.0
    share = len(phrase) / len(said)
    return 0.35 + 0.45 * share + (0.1 if at == 0 else 0.0)
