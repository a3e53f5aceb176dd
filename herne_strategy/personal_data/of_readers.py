"""Personal data of those who read, and of those whom texts name."""

from django.conf import settings

from herne_strategy.personal_data.declaration import (
    BARRIERS,
    COORDINATION,
    EDITORS,
    OPERATORS,
    PUBLIC_TASK,
    SECURITY,
    PersonalData,
    fields_of,
)


def about_readers() -> tuple[PersonalData, ...]:
    """What is stored about those who read."""
    return (
        PersonalData(
            name="Zugriffsprotokoll des Webservers",
            is_of_staff=False,
            holds="Das Netz, aus dem jemand liest (der Netzwerkadresse fehlen die letzten Stellen), Zeitpunkt, "
            "aufgerufene Seite ohne Suchwörter, Antwort des Servers.",
            purpose="Störungen finden und Angriffe abwehren.",
            basis=SECURITY,
            period=f"{settings.LOG_DAYS} Tage; danach löscht der Server die Dateien.",
            seen_by=OPERATORS,
        ),
        PersonalData(
            name="Gemeldete Barrieren",
            is_of_staff=False,
            holds="Beschreibung der Barriere, dazu freiwillig Seite, Name und E-Mail-Adresse; wann die Meldung "
            "eingegangen ist, ob sie per E-Mail weitergeleitet wurde, wann wer sie erledigt hat.",
            purpose="Barrieren beseitigen und Meldungen beantworten.",
            basis=BARRIERS,
            period=f"{settings.BARRIER_REPORT_DAYS} Tage, nachdem die Meldung erledigt ist; eine offene Meldung, bis "
            "sie erledigt ist. Auf Verlangen sofort.",
            seen_by=COORDINATION,
            fields=fields_of(
                "legal.BarrierReport", "text page name email created_at mailed_at is_done done_at done_by"
            ),
        ),
        PersonalData(
            name="Kennung gegen massenhafte Meldungen",
            is_of_staff=False,
            holds="Eine Zahl, die aus Netzwerkadresse, Datum und einem geheimen Schlüssel berechnet ist. Die "
            "Netzwerkadresse selbst wird nicht gespeichert.",
            purpose="Verhindern, dass das Formular mit Meldungen überschwemmt wird.",
            basis=SECURITY,
            period="Eine Stunde; gelöscht wird sie mit der nächsten Meldung, spätestens in der folgenden Nacht.",
            seen_by="niemand",
            fields=fields_of("legal.BarrierReport", "client_key"),
        ),
    )


def in_texts() -> tuple[PersonalData, ...]:
    """What texts that are published can say about people."""
    return (
        PersonalData(
            name="Ansprechstellen",
            is_of_staff=False,
            holds="E-Mail-Adressen, an die man sich zu einer Maßnahme oder einem Fachbereich wenden kann; in der Regel "
            "die von Dienststellen.",
            purpose="Fragen zu einer Maßnahme ermöglichen.",
            basis=PUBLIC_TASK,
            period="Bis die Redaktion die Angabe ändert oder löscht.",
            seen_by="alle",
            fields=(
                *fields_of("measures.Progress", "contact_email"),
                *fields_of("measures.Department", "email"),
            ),
        ),
        PersonalData(
            name="Namen in Texten der Strategie und des Rates",
            is_of_staff=False,
            holds="Wen die Texte der Strategie, Vorlagen, Beschlüsse, Anlagen, Meldungen und Sachstandsberichte "
            "nennen. Die Redaktion nennt Personen nur, wo es nötig ist.",
            purpose="Die Strategie und die Beschlüsse dazu veröffentlichen und nachvollziehbar halten.",
            basis=PUBLIC_TASK,
            period="So lange, wie die Fassung besteht; eine Fassung, die dem Rat vorlag, auf Dauer. Einzelne Stellen "
            "werden auf Anordnung geschwärzt (Art. 17 DSGVO); ein eingefrorener Sachstandsbericht wird im Ganzen "
            "zurückgehalten.",
            seen_by="alle; Arbeitsstand und Verlauf: " + EDITORS,
            fields=(
                *fields_of("strategy.Node", "title slug text easy_text"),
                *fields_of("strategy.EditionContent", "data"),
                *fields_of("strategy.KeptSlug", "title slug"),
                *fields_of("measures.Measure", "staff"),
                *fields_of(
                    "measures.Progress", "note next_step obstacle decision_needed resolutions upcoming"
                ),
                *fields_of("council.Paper", "name under_direction_of proposal financial_impact proviso"),
                *fields_of("council.Resolution", "text vote_note"),
                *fields_of("council.AuxiliaryFile", "content"),
                *fields_of("measures.Report", "note next_step"),
                *fields_of("reporting.StatusReport", "foreword"),
                *fields_of("reporting.StatusReportContent", "data"),
                *fields_of("legal.LegalPage", "text"),
            ),
        ),
    )
