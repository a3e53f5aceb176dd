"""Running the portal: people, legal texts, reported barriers."""

from typing import Any

from tests.role_matrix.asking import RUNNERS, STAFF, Row, get, in_admin, post

ALONE: Any = {"responsibility__TOTAL_FORMS": "0", "responsibility__INITIAL_FORMS": "0"}
USER = "auth.User"
KEPT = ("accounts_secondfactor", "accounts_directorylink", "accounts_staffsession")
LEGAL, REPORT = "legal.LegalPage", "legal.BarrierReport"

ROWS = (
    Row(
        "Personen anlegen, ihnen Rollen und Zuständigkeiten geben, sie sperren",
        (
            get("admin:app_list", "auth", refusals=(404,)),
            *in_admin("auth_user", "{person}", "changelist", "add", "change", "history"),
            post(
                "admin:auth_user_add",
                username="neu",
                email="neu@herne.example",
                login="password",
                **ALONE,
                writes=USER,
            ),
            post(
                "admin:auth_user_change",
                "{person}",
                username="anders",
                email="anders@herne.example",
                **ALONE,
                writes=USER,
            ),
            get("persons"),
            post("invite_again", "{person}"),
            post("lock_person", "{person}", writes=USER),
            get("hand_over", "{responsible}"),
            post(
                "hand_over",
                "{responsible}",
                successor="{successor}",
                seen="{seen_handover}",
                writes="editing.Remark",
            ),
        ),
        may=RUNNERS,
    ),
    Row(
        "Die eigene Rolle in Worten lesen, eine Vertretung für sich eintragen",
        (get("own_role"), post("own_role", substitute="", until="", writes="editing.Responsibility")),
        may=STAFF,
    ),
    Row(
        "Rechtstexte anlegen und ändern",
        (
            *in_admin("legal_legalpage", "{legal}", "changelist", "add", "change", "history"),
            post("admin:legal_legalpage_change", "{legal}", title="Neu", text="Neu", writes=LEGAL),
        ),
        may=RUNNERS,
    ),
    Row(
        "Gemeldete Barrieren lesen, als erledigt kennzeichnen, löschen",
        (
            get("admin:app_list", "legal", refusals=(404,)),
            *in_admin("legal_barrierreport", "{report}", "changelist", "change", "history", "delete"),
            post("admin:legal_barrierreport_change", "{report}", is_done="on", writes=REPORT),
            post("admin:legal_barrierreport_delete", "{report}", post="yes", writes=REPORT),
        ),
        may=RUNNERS,
    ),
    Row(
        "Rechtstext löschen, Barriere von Hand anlegen",
        (
            *in_admin("legal_legalpage", "{legal}", "delete"),
            *in_admin("legal_barrierreport", "{report}", "add"),
        ),
        never=True,
    ),
    Row(
        "Konto eines Administrators ändern, Passwort anderer setzen, Konto löschen",
        (
            post(
                "admin:auth_user_change",
                "{administrator}",
                username="anders",
                email="anders@herne.example",
                **ALONE,
                writes=USER,
            ),
            get("admin:auth_user_password_change", "{person}"),
            *in_admin("auth_user", "{person}", "delete"),
            post("admin:auth_user_delete", "{person}", post="yes", writes=USER),
        ),
    ),
    Row(
        "Zweite Faktoren, Verknüpfungen mit dem Verzeichnis und Sitzungen anderer ansehen und löschen",
        tuple(
            ask
            for model in KEPT
            for ask in in_admin(
                model, "{" + model.rpartition("_")[2] + "}", "changelist", "change", "history", "delete"
            )
        ),
    ),
    Row(
        "Zweite Faktoren, Verknüpfungen und Sitzungen von Hand anlegen",
        tuple(ask for model in KEPT for ask in in_admin(model, "", "add")),
        never=True,
    ),
)
