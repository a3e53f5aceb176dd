"""What everybody who may log in can open. None of it shows more than the roles allow."""

from django.contrib import admin

from tests.role_matrix.asking import STAFF, Row, get

ROWS = (
    Row(
        "Anmelden, abmelden, eigenes Passwort ändern; Liste der eigenen Bereiche",
        (
            get("all_data"),
            get("admin:login", status=302),
            get("admin:logout"),
            get("admin:password_change", status=302),
            get("admin:password_change_done", status=302),
            get("admin:jsi18n"),
        ),
        may=STAFF,
    ),
    Row(
        "Hilfe lesen: Leitfaden, Begriffe, Rollen",
        (
            get("editing:help"),
            get("editing:help_document", "begriffe"),
            get("editing:help_picture", "baum"),
        ),
        may=STAFF,
    ),
    Row("Lesen, was über Beschäftigte gespeichert wird", (get("staff_privacy"),), may=STAFF),
    Row(
        "Weiterleitungen und unbekannte Adressen",
        (
            get("admin:view_on_site", "{legal_type}", "{legal}", status=302),
            get("/verwaltung/gibt-es-nicht/", status=404),
            get("/verwaltung/was-bei-mir-liegt/", status=302),
            *(
                get(f"/verwaltung/{model._meta.app_label}/{model._meta.model_name}/1/", status=302)
                for model in admin.site._registry
            ),
        ),
        may=STAFF,
    ),
)
