"""Personal data of those who work on the strategy, and what is not evaluated."""

from django.conf import settings

from herne_strategy.personal_data.declaration import (
    ADMINISTRATORS,
    COORDINATION,
    EDITORS,
    EMPLOYMENT,
    OPERATORS,
    SECURITY,
    PersonalData,
    fields_of,
)


def about_accounts() -> tuple[PersonalData, ...]:
    """What lets somebody in, and keeps others out."""
    return (
        PersonalData(
            name="Konten",
            is_of_staff=True,
            holds="Benutzername, Vor- und Nachname, dienstliche E-Mail-Adresse, Rollen und Zuständigkeiten, seit wann "
            "es das Konto gibt, wann es zuletzt benutzt wurde, ob es gesperrt ist.",
            purpose="Festlegen, wer was bearbeiten darf, und sagen, von wem eine Änderung ist.",
            basis=EMPLOYMENT,
            period="Bis das Konto gelöscht wird. Wer etwas geschrieben hat, wird gesperrt statt gelöscht; "
            f"{settings.LOCKED_ACCOUNT_DAYS} Tage nach der letzten Anmeldung wird dann die E-Mail-Adresse gelöscht. "
            "Der Name bleibt, solange der Verlauf besteht.",
            seen_by=f"Namen: {EDITORS}; alles: {COORDINATION}",
            fields=(
                *fields_of(
                    "auth.User",
                    "username first_name last_name email last_login date_joined is_active groups user_permissions",
                ),
                *fields_of("editing.Responsibility", "user"),
                *fields_of("account.EmailAddress", "user email"),
                *fields_of("account.EmailConfirmation", "created sent key"),
                *fields_of("auth.User_groups", "user"),
                *fields_of("auth.User_user_permissions", "user"),
            ),
        ),
        PersonalData(
            name="Zugangsdaten",
            is_of_staff=True,
            holds="Das Passwort als Prüfwert, aus dem es sich nicht zurückrechnen lässt; Geheimnisse und Schlüssel des "
            "zweiten Faktors mit dem Tag der letzten Benutzung; der Schlüssel der Person im Verzeichnis der Stadt.",
            purpose="Prüfen, dass sich nur die berechtigte Person anmeldet.",
            basis=EMPLOYMENT,
            period="Bis die Person sie ändert oder entfernt; bei einem gesperrten Konto "
            f"{settings.LOCKED_ACCOUNT_DAYS} Tage nach der letzten Anmeldung.",
            seen_by=f"{ADMINISTRATORS} sehen, was eingerichtet ist, aber keine Geheimnisse",
            fields=(
                *fields_of("auth.User", "password"),
                *fields_of("mfa.Authenticator", "user data created_at last_used_at"),
                *fields_of("socialaccount.SocialAccount", "user uid last_login date_joined extra_data"),
                *fields_of("socialaccount.SocialToken", "token token_secret expires_at"),
            ),
        ),
        PersonalData(
            name="Sitzungen",
            is_of_staff=True,
            holds="Beginn und letzte Benutzung einer Anmeldung, Netzwerkadresse, Angaben des Browsers. Welche Seiten "
            "jemand in der Verwaltung liest, wird keiner Person zugeordnet.",
            purpose="Angemeldet bleiben; fremde Anmeldungen erkennen und beenden.",
            basis=EMPLOYMENT,
            period=f"{settings.SESSION_COOKIE_AGE // 3600} Stunden oder bis zur Abmeldung; gelöscht in der folgenden "
            "Nacht.",
            seen_by=f"jede Person ihre eigenen; alle: {ADMINISTRATORS}",
            fields=(
                *fields_of("sessions.Session", "session_key session_data expire_date"),
                *fields_of(
                    "usersessions.UserSession",
                    "user created_at ip last_seen_at session_key user_agent data",
                ),
            ),
        ),
        PersonalData(
            name="Zähler gescheiterter Anmeldungen",
            is_of_staff=True,
            holds="Wie oft eine Anmeldung je Konto und je Netzwerkadresse in den letzten Minuten gescheitert ist; "
            "welcher Code des zweiten Faktors schon benutzt ist.",
            purpose="Das Ausprobieren von Passwörtern und Codes verhindern.",
            basis=SECURITY,
            period="Wenige Minuten, höchstens eine Stunde; gelöscht in der folgenden Nacht.",
            seen_by="niemand",
        ),
        PersonalData(
            name="Bekannte Browser und Netze",
            is_of_staff=True,
            holds="Ein Cookie mit einer Zufallszahl im Browser, mit dem sich jemand angemeldet hat; ein Prüfwert aus "
            "Konto und Netz, aus dem sich beide nicht zurückrechnen lassen.",
            purpose="Verhindern, dass jemand von anderswo durch falsche Versuche das Konto sperrt.",
            basis=SECURITY,
            period="Der Cookie 90 Tage, der Prüfwert 30 Tage nach der letzten Anmeldung; gelöscht in der folgenden "
            "Nacht.",
            seen_by="niemand",
        ),
    )


def about_work() -> tuple[PersonalData, ...]:
    """What says who did what."""
    return (
        PersonalData(
            name="Verlauf",
            is_of_staff=True,
            holds="Wer wann welchen Teil der Strategie angelegt, geändert, verschoben, abgestimmt, gelöscht oder "
            "wiederhergestellt hat, mit Grund und Wortlaut vorher und nachher; wer Fassungen eingefroren, "
            "veröffentlicht und zurückgenommen, Dateien hochgeladen, Berichtsrunden eröffnet und abgeschlossen und den "
            "Umsetzungsstand gemeldet hat.",
            purpose="Nachvollziehen, wie ein Text entstanden ist, den der Rat beschließt; Fehler rückgängig machen.",
            basis=EMPLOYMENT,
            period="So lange, wie die Strategie geführt wird; er gehört zu ihren Akten.",
            seen_by=EDITORS,
            fields=(
                *fields_of("strategy.HistoryRecord", "at by proposed_by title reason before after"),
                *fields_of("strategy.Node", "reviewed_at reviewed_by"),
                *fields_of("strategy.Origin", "at by removed_at removed_by origin_title"),
                *fields_of("strategy.Edition", "frozen_at frozen_by published_at"),
                *fields_of("strategy.Publication", "published_at published_by taken_back_at taken_back_by"),
                *fields_of("reporting.StatusReport", "frozen_at frozen_by"),
                *fields_of("council.AuxiliaryFile", "created_at created_by"),
                *fields_of("measures.Report", "reported_on reported_at reported_by note next_step"),
                *fields_of("measures.Report", "next_step_month obstacle decision_needed correction_note"),
                *fields_of("measures.ReportingRound", "note opened_at opened_by closed_at closed_by"),
                *fields_of("measures.ReportDraft", "reported_on note next_step next_step_month obstacle"),
                *fields_of(
                    "measures.ReportDraft", "decision_needed returned_note saved_at saved_by handed_in_at"
                ),
            ),
        ),
        PersonalData(
            name="Vorschläge und Anmerkungen",
            is_of_staff=True,
            holds="Wer wann welche Änderung vorgeschlagen, wer darüber entschieden, wer eine Anmerkung geschrieben, "
            "eine Frage gestellt oder beantwortet hat, mit dem Wortlaut.",
            purpose="Sich über die Texte abstimmen.",
            basis=EMPLOYMENT,
            period="So lange, wie die Strategie geführt wird; sie gehören zu ihren Akten.",
            seen_by=EDITORS,
            fields=(
                *fields_of(
                    "editing.Proposal",
                    "title base content reason by at decided_by decided_at answer",
                ),
                *fields_of("editing.Remark", "title text by at asked done_by done_at"),
            ),
        ),
        PersonalData(
            name="Anordnungen zur Schwärzung",
            is_of_staff=True,
            holds="Wer eine Schwärzung angeordnet und wer sie bestätigt hat, Aktenzeichen und Grundlage; bis zur "
            "Ausführung auch die Wörter, die geschwärzt werden, und wo sie stehen.",
            purpose="Sicherstellen, dass zwei Personen entscheiden, was aus einer Fassung verschwindet.",
            basis=EMPLOYMENT,
            period="Die Wörter, bis die Anordnung ausgeführt oder zurückgezogen ist; das Übrige so lange, wie die "
            "Fassung besteht.",
            seen_by=COORDINATION,
            fields=(
                *fields_of(
                    "strategy.RedactionOrder",
                    "reference ordered_on recorded_by recorded_at confirmed_by confirmed_at carried_out_at",
                ),
                *fields_of("strategy.RedactionPassage", "words place"),
            ),
        ),
        PersonalData(
            name="Protokoll der Stammdaten",
            is_of_staff=True,
            holds="Wer wann Personen, Rollen, Vorlagen, Rechtstexte, Fachbereiche und andere Daten außerhalb des Baums "
            "angelegt, geändert oder gelöscht hat; welche Felder, nicht deren Inhalt.",
            purpose="Klären, woher eine falsche Angabe oder ein Recht stammt.",
            basis=EMPLOYMENT,
            period=f"{settings.ADMIN_LOG_DAYS} Tage.",
            seen_by="wer die jeweiligen Daten in der Verwaltung sehen darf",
            fields=fields_of("admin.LogEntry", "action_time user object_id object_repr change_message"),
        ),
        PersonalData(
            name="Einstellung der täglichen E-Mail",
            is_of_staff=True,
            holds="Ob eine Person die tägliche E-Mail über das will, was bei ihr liegt, und an welchem Tag die letzte "
            "hinausging.",
            purpose="An Offenes erinnern, höchstens einmal am Tag.",
            basis=EMPLOYMENT,
            period="Bis das Konto gelöscht wird; bei einem gesperrten Konto "
            f"{settings.LOCKED_ACCOUNT_DAYS} Tage nach der letzten Anmeldung.",
            seen_by="die Person selbst",
            fields=fields_of("editing.DeskMail", "user is_wanted sent_on"),
        ),
        PersonalData(
            name="Gelesene Begrüßung",
            is_of_staff=True,
            holds="Dass eine Person die Begrüßung auf ihrer Startseite gelesen hat.",
            purpose="Die Begrüßung nicht noch einmal zeigen.",
            basis=EMPLOYMENT,
            period="Bis das Konto gelöscht wird; bei einem gesperrten Konto "
            f"{settings.LOCKED_ACCOUNT_DAYS} Tage nach der letzten Anmeldung.",
            seen_by="niemand",
            fields=fields_of("editing.ReadGreeting", "user"),
        ),
        PersonalData(
            name="Zwischenstände",
            is_of_staff=True,
            holds="Eine hochgeladene Tabelle, bis sie eingespielt ist; Name und Adresse dessen, was aus einem "
            "abgeschickten Formular wurde.",
            purpose="Vor dem Einspielen zeigen, was sich ändert; nichts doppelt anlegen.",
            basis=EMPLOYMENT,
            period="Tabellen einen Tag, Formulare sieben Tage; gelöscht in der folgenden Nacht.",
            seen_by="Tabellen: wer sie hochgeladen hat; Formulare: niemand",
            fields=(
                *fields_of("editing.ImportFile", "by at name content"),
                *fields_of("strategy.SentForm", "name address at"),
            ),
        ),
    )


def beside_the_database() -> tuple[PersonalData, ...]:
    """What lies in files, in mails and in backups."""
    return (
        PersonalData(
            name="Sicherheitsprotokoll",
            is_of_staff=True,
            holds="An- und Abmeldungen und gescheiterte Versuche, geänderte Passwörter und zweite Faktoren, geänderte "
            "Konten, Rollen und Zuständigkeiten, was mit Fassungen und Anordnungen zur Schwärzung geschah: jeweils "
            "Zeitpunkt, Konto und Netzwerkadresse. Wer Texte ändert oder Seiten liest, steht nicht darin.",
            purpose="Angriffe und Missbrauch erkennen und aufklären.",
            basis=SECURITY,
            period=f"{settings.SECURITY_LOG_DAYS} Tage; danach löscht das Portal die Datei.",
            seen_by=OPERATORS,
        ),
        PersonalData(
            name="E-Mails des Portals",
            is_of_staff=True,
            holds="Gemeldete Barrieren, Einladungen, Links für ein neues Passwort, Hinweise auf Änderungen am eigenen "
            "Konto, die tägliche E-Mail: jeweils Empfänger und Text. Das Portal behält keine Kopie.",
            purpose="Die Genannten benachrichtigen.",
            basis=EMPLOYMENT,
            period="Nach den Regeln, die für die Postfächer der Stadt gelten.",
            seen_by="wer die E-Mail bekommt",
        ),
        PersonalData(
            name="Sicherungen",
            is_of_staff=True,
            holds="Eine Kopie aller Daten der Datenbank, verschlüsselt.",
            purpose="Das Portal nach einem Ausfall wiederherstellen.",
            basis=SECURITY,
            period="Bis die Sicherung abläuft [Frist, die der Betreiber festlegt]; was im Portal gelöscht ist, steht "
            "so lange noch in Sicherungen.",
            seen_by=OPERATORS,
        ),
    )
