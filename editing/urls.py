"""The editors' pages, below /verwaltung/."""

from django.urls import path

from editing.bulk import bulk_page, reorganisation_page
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
    proposals_page,
    propose_pages,
    remarks_page,
    reports_page,
)
from editing.history import history_page, origins_page, restore_page
from editing.tables import tables_page as tables
from editing.tree import agree_page, markdown_preview, move_page, review_page

app_name = "editing"
urlpatterns = [
    path("baum/schritt/", move_page.step, name="step"),
    path("baum/ziehen/", move_page.drag, name="drag"),
    path("baum/<int:pk>/verschieben/", move_page.move, name="move"),
    path("baum/<int:pk>/stand/", review_page.set_review, name="review"),
    path("knoten/<uuid:uid>/verlauf/", history_page.history, name="node_history"),
    path("knoten/<uuid:uid>/anmerkungen/", remarks_page.remarks, name="remarks"),
    path("knoten/<uuid:uid>/vorschlagen/", propose_pages.propose, name="propose"),
    path("knoten/<uuid:uid>/loeschung-vorschlagen/", propose_pages.propose_deletion, name="propose_deletion"),
    path("knoten/<uuid:uid>/platz-vorschlagen/", propose_pages.propose_move, name="propose_move"),
    path("knoten/<uuid:uid>/herkunft/", origins_page.origins, name="origins"),
    path("knoten/<uuid:uid>/meldungen/", reports_page.reports, name="reports"),
    path("anmerkungen/<int:pk>/erledigt/", remarks_page.done, name="remark_done"),
    path("vorschlaege/", proposals_page.proposals, name="proposals"),
    path("vorschlaege/<int:pk>/", decision_page.proposal, name="proposal"),
    path("vorschlaege/neu/<str:kind>/", propose_pages.propose_new, name="propose_new"),
    path("vorschlaege/annehmen/", decision_page.accept_several, name="accept_proposals"),
    path("verlauf/", history_page.history, name="history"),
    path("verlauf/<int:pk>/wiederherstellen/", restore_page.bring_back, name="restore"),
    path("fachbereich-abloesen/", reorganisation_page.replace_department, name="replace_department"),
    path("massnahmen-aendern/", bulk_page.change_measures, name="change_measures"),
    path("was-bei-mir-liegt/", desk_page.desk, name="desk"),
    path("was-bei-mir-liegt/e-mail/", desk_page.choose_mail, name="desk_mail"),
    path("abstimmen/", agree_page.agree, name="agree"),
    path("fassungsliste/", editions_page.editions, name="editions"),
    path("was-sich-aendert/", editions_page.what_would_change, name="what_would_change"),
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
    path("textvorschau/", markdown_preview.preview, name="markdown_preview"),
]
