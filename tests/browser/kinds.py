"""One page of every kind that a reader can meet, over the demonstration data."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kind:
    """A page. `sends_form`: what is meant is the answer to its form, sent with nothing filled in. `is_long`: it has
    hundreds of rows like those of other kinds here, which axe would take minutes to look through again."""

    name: str
    address: str
    status: int = 200
    sends_form: bool = False
    is_long: bool = False

    def __str__(self) -> str:
        return self.name


SHOWN = [
    Kind("overview", "/"),
    Kind("theme", "/themenfelder/wohnen-quartiere/"),
    Kind("theme-every-field", "/themenfelder/beispiel-stadtgruen/"),
    Kind("chapter", "/kapitel/wie-die-strategie-entstand/"),
    Kind("chapter-easy", "/kapitel/beispiel-lesehilfe/"),
    Kind("strategic-goal", "/ziele/bildung-fuer-nachhaltige-entwicklung/"),
    Kind("strategic-goal-unconfirmed", "/ziele/betreuung-fuer-kinder/"),
    Kind("strategic-goal-every-field", "/ziele/beispiel-baeume/"),
    Kind("operational-goal", "/ziele/beispiel-strassenbaeume/"),
    Kind("measure", "/massnahmen/beispiel-baumgruben/"),
    Kind("measure-without-progress", "/massnahmen/beispiel-schulberatung/"),
    Kind("measure-list", "/massnahmen/"),
    Kind("sdg-list", "/sdg/"),
    Kind("sdg", "/sdg/4/"),
]
EDITIONS = [
    Kind("edition-list", "/fassungen/"),
    Kind("edition-list-error", "/fassungen/?alt=plakat&neu=plakat"),
    Kind("edition-real", "/fassungen/plakat/"),
    Kind("edition-real-chapter", "/fassungen/plakat/kapitel/wie-die-strategie-entstand/"),
    Kind("edition-real-goal", "/fassungen/plakat/ziele/betreuung-fuer-kinder/"),
    Kind("edition-real-measures", "/fassungen/plakat/massnahmen/"),
    Kind("edition-real-sdgs", "/fassungen/plakat/sdg/"),
    Kind("edition-real-sdg", "/fassungen/plakat/sdg/4/"),
    Kind("edition-sample-theme", "/fassungen/beispiel-1/themenfelder/beispiel-stadtgruen/"),
    Kind("synopse", "/fassungen/beispiel-1/synopse/beispiel-2/"),
    Kind("synopse-real", "/fassungen/plakat/synopse/beispiel-1/", is_long=True),
    Kind("report-list", "/berichte/"),
    Kind("report", "/berichte/beispiel-letzte-berichtsrunde/"),
    Kind("report-measures", "/berichte/beispiel-letzte-berichtsrunde/massnahmen/1/"),
    Kind("edition-withheld", "/fassungen/zurueckgehalten/", status=410),
    Kind("edition-sample-measure", "/fassungen/beispiel-1/massnahmen/beispiel-baumgruben/"),
]
PAPER = [
    Kind("paper-long", "/druck/", is_long=True),
    Kind("paper-district", "/druck/?stadtbezirk=wanne"),
    Kind("paper-missing", "/druck/?stadtbezirk=mond", status=404),
    Kind("paper-theme", "/themenfelder/wohnen-quartiere/druck/"),
    Kind("paper-goal", "/ziele/beispiel-baeume/druck/"),
    Kind("paper-measure", "/massnahmen/beispiel-baumgruben/druck/"),
    Kind("paper-real", "/fassungen/plakat/druck/"),
    Kind("paper-short", "/fassungen/beispiel-1/druck/?umfang=kurz"),
    Kind("paper-edition-theme", "/fassungen/beispiel-1/themenfelder/beispiel-stadtgruen/druck/"),
    Kind("paper-edition-goal", "/fassungen/plakat/ziele/betreuung-fuer-kinder/druck/"),
    Kind("paper-edition-measure", "/fassungen/beispiel-1/massnahmen/beispiel-baumgruben/druck/"),
    Kind("paper-synopse", "/fassungen/beispiel-1/synopse/beispiel-2/druck/"),
]
OTHER = [
    Kind("impressum", "/impressum/"),
    Kind("datenschutz", "/datenschutz/"),
    Kind("barrierefreiheit", "/barrierefreiheit/"),
    Kind("leichte-sprache", "/leichte-sprache/"),
    Kind("gebaerdensprache", "/gebaerdensprache/"),
    Kind("digest", "/pruefsumme/"),
    Kind("barrier-form", "/barriere-melden/?seite=/sdg/4/"),
    Kind("barrier-form-errors", "/barriere-melden/", status=422, sends_form=True),
    Kind("barrier-thanks", "/barriere-melden/danke/"),
    Kind("not-found", "/gibt-es-nicht/", status=404),
    Kind("gone", "/massnahmen/beispiel-sprechstunde-lieferkette/", status=410),
]
KINDS = [*SHOWN, *EDITIONS, *PAPER, *OTHER]
BY_NAME = {kind.name: kind for kind in KINDS}
assert len(BY_NAME) == len(KINDS)
