"""The editors' pages, below /verwaltung/."""

from django.contrib import admin
from django.urls import path
from django.views.generic import RedirectView

from editing.bulk import bulk_page, reorganisation_page
from editing.delivered import delivered_page as delivered
from editing.editions import (
    council_page,
    editions_page,
    freeze_page,
    minutes_page,
    original_page,
    redactions_page,
)
from editing.exchange import (
    decision_page,
    desk_page,
    execution_page,
    proposals_page,
    propose_pages,
    remarks_page,
    reports_page,
)
from editing.help import help_page
from editing.history import history_page, origins_page, restore_page, undo_page
from editing.home import handover_page, home_page
from editing.meetings import closed_page, closing_page, meeting_page, meetings_page
from editing.reporting import correction_page, department_page, publishing_page, rounds_page, table_page
from editing.status_reports import report_page
from editing.tables import tables_page as tables
from editing.tree import agree_page, copy_page, markdown_preview, move_page, next_page, review_page

app_name = "editing"
urlpatterns = [
    path("baum/schritt/", move_page.step, name="step"),
    path("baum/ziehen/", move_page.drag, name="drag"),
    path("baum/<int:pk>/verschieben/", move_page.move, name="move"),
    path("baum/<int:pk>/stand/", review_page.set_review, name="review"),
    path("baum/<int:pk>/weiter/", next_page.next_node, name="next"),
    path("baum/<int:pk>/kopieren/", copy_page.copy, name="copy"),
    path("knoten/<uuid:uid>/verlauf/", history_page.history, name="node_history"),
    path("knoten/<uuid:uid>/anmerkungen/", remarks_page.remarks, name="remarks"),
    path("knoten/<uuid:uid>/vorschlagen/", propose_pages.propose, name="propose"),
    path("knoten/<uuid:uid>/loeschung-vorschlagen/", propose_pages.propose_deletion, name="propose_deletion"),
    path("knoten/<uuid:uid>/platz-vorschlagen/", propose_pages.propose_move, name="propose_move"),
    path("knoten/<uuid:uid>/herkunft/", origins_page.origins, name="origins"),
    path("knoten/<uuid:uid>/meldungen/", reports_page.reports, name="reports"),
    path("knoten/<uuid:uid>/meilensteine/", execution_page.execution, name="execution"),
    path(
        "knoten/<uuid:uid>/meldungen/<int:pk>/berichtigen/",
        correction_page.correct_report,
        name="correct_report",
    ),
    path("berichtsrunden/", rounds_page.rounds, name="rounds"),
    path("berichtsrunden/neu/", rounds_page.new_round, name="new_round"),
    path("berichtsrunden/<slug:slug>/", rounds_page.round_overview, name="round"),
    path("berichtsrunden/<slug:slug>/aendern/", rounds_page.change, name="change_round"),
    path("berichtsrunden/<slug:slug>/abschliessen/", rounds_page.close, name="close_round"),
    path("berichtsrunden/<slug:slug>/pruefen/", publishing_page.publish_reports, name="publish_reports"),
    path(
        "berichtsrunden/<slug:slug>/zurueckgeben/<int:pk>/",
        publishing_page.return_report,
        name="return_report",
    ),
    path("berichtsrunden/<slug:slug>/ohne-fachbereich/", department_page.department, name="round_unled"),
    path("berichtsrunden/<slug:slug>/ohne-fachbereich/tabelle/", table_page.table, name="unled_table"),
    path(
        "berichtsrunden/<slug:slug>/fachbereich/<slug:key>/",
        department_page.department,
        name="round_department",
    ),
    path(
        "berichtsrunden/<slug:slug>/fachbereich/<slug:key>/tabelle/",
        table_page.table,
        name="department_table",
    ),
    path("anmerkungen/<int:pk>/erledigt/", remarks_page.done, name="remark_done"),
    path("vorschlaege/", proposals_page.proposals, name="proposals"),
    path("vorschlaege/<int:pk>/", decision_page.proposal, name="proposal"),
    path("vorschlaege/neu/<str:kind>/", propose_pages.propose_new, name="propose_new"),
    path("vorschlaege/annehmen/", decision_page.accept_several, name="accept_proposals"),
    path("verlauf/", history_page.history, name="history"),
    path("verlauf/<int:pk>/wiederherstellen/", restore_page.bring_back, name="restore"),
    path("verlauf/vorgang/<uuid:batch>/zuruecknehmen/", undo_page.take_back, name="undo"),
    path("fachbereich-abloesen/", reorganisation_page.replace_department, name="replace_department"),
    path("massnahmen-aendern/", bulk_page.change_measures, name="change_measures"),
    path("", home_page.home, name="desk"),
    path("begruessung/", home_page.put_greeting_away, name="greeting"),
    path("hilfe/", admin.site.admin_view(help_page.help_document), name="help"),
    path("hilfe/<slug:slug>/", admin.site.admin_view(help_page.help_document), name="help_document"),
    path("hilfe/bilder/<slug:slug>.jpg", admin.site.admin_view(help_page.help_picture), name="help_picture"),
    path("uebergabe/", handover_page.handover, name="handover"),
    path("was-bei-mir-liegt/", RedirectView.as_view(pattern_name="editing:desk")),
    path("was-bei-mir-liegt/e-mail/", desk_page.choose_mail, name="desk_mail"),
    path("abstimmen/", agree_page.agree, name="agree"),
    path("sitzungen/", meetings_page.meetings, name="meetings"),
    path("sitzungen/neu/", meetings_page.new_meeting, name="new_meeting"),
    path("sitzungen/<int:pk>/", meeting_page.meeting, name="meeting"),
    path("sitzungen/<int:pk>/ergaenzen/", meeting_page.collect, name="collect"),
    path("sitzungen/<int:pk>/abschliessen/", closing_page.close_meeting, name="close_meeting"),
    path("sitzungen/<int:pk>/verwerfen/", closing_page.discard_meeting, name="discard_meeting"),
    path("sitzungen/<int:pk>/ergebnisvermerk.pdf", closed_page.record_of_results, name="record_of_results"),
    path("fassungsliste/", editions_page.editions, name="editions"),
    path("was-sich-aendert/", editions_page.what_would_change, name="what_would_change"),
    path("sachstandsberichte/", report_page.status_reports, name="status_reports"),
    path("sachstandsberichte/<slug:slug>/", report_page.status_report, name="status_report"),
    path("rat/", council_page.council, name="council"),
    path("rat/vorlagen/<int:pk>/", council_page.paper, name="paper"),
    path("rat/vorlagen/<int:pk>/einbringen/", council_page.submit, name="submit_paper"),
    path("rat/vorlagen/<int:pk>/uebernehmen/", council_page.carry_over, name="carry_over"),
    path("rat/vorlagen/<int:pk>/niederschrift/", minutes_page.minutes, name="minutes"),
    path("rat/vorlagen/<int:pk>/anlage/", original_page.keep_original, name="keep_original"),
    path(
        "was-sich-aendert/<slug:slug>/synopse.pdf",
        editions_page.what_would_change_pdf,
        name="what_would_change_pdf",
    ),
    path("einfrieren/", freeze_page.freeze_page, name="freeze"),
    path("veroeffentlichen/<int:pk>/", editions_page.publish, name="publish"),
    path("fassung-loeschen/<int:pk>/", editions_page.delete, name="delete_edition"),
    path("zuruecknehmen/", editions_page.take_back, name="take_back"),
    path("schwaerzungen/", redactions_page.redactions, name="redactions"),
    path("schwaerzungen/neu/", redactions_page.new_redaction, name="new_redaction"),
    path("schwaerzungen/<int:pk>/", redactions_page.redaction, name="redaction"),
    path("schwaerzungen/<int:pk>/entscheiden/", redactions_page.decide_redaction, name="decide_redaction"),
    path("schwaerzungen/stelle/<int:pk>/", redactions_page.keep_passage, name="keep_passage"),
    path("tabellen/", tables.tables, name="tables"),
    path("tabellen/herunterladen/", tables.download, name="table_download"),
    path("tabellen/einspielen/<int:pk>/", tables.preview, name="table_preview"),
    path("tabellen/einlesen/", delivered.deliver, name="deliver"),
    path("tabellen/einlesen/<int:pk>/", delivered.columns, name="delivered_columns"),
    path("tabellen/einlesen/<int:pk>/pruefen/", delivered.check, name="delivered_check"),
    path("tabellen/einlesen/<int:pk>/anmerkungen.xlsx", delivered.remarks, name="delivered_remarks"),
    path("tabellen/einlesen/<int:pk>/vorschau/", delivered.preview, name="delivered_preview"),
    path("tabellen/einlesen/zuordnungen/<int:pk>/loeschen/", delivered.forget, name="forget_mapping"),
    path("textvorschau/", markdown_preview.preview, name="markdown_preview"),
]
