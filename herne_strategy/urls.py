"""All addresses of the portal."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.generic import RedirectView

from council.editions_page import edition_list
from editing.editions.editions_page import with_working_tree, with_working_tree_on_paper
from editing.tree.tree_page import tree_page
from herne_strategy import views
from herne_strategy.personal_data.staff_page import staff_privacy
from legal import barrier_page, legal_page
from printing.digest_page import digest
from printing.pdf.pdf_page import pdf_synopse
from printing.print_page import print_synopse, print_synopse_css
from printing.synopse_page import synopse
from strategy.pages.reading import EDITION, PREVIEW, SHOWN, STAFF

strategy_pages: list[URLPattern | URLResolver] = [
    path("", views.overview, name="overview"),
    path("", include("themes.urls")),
    path("", include("goals.urls")),
    path("", include("measures.urls")),
    path("", include("printing.urls")),
    path("", include("strategy.pages.urls")),  # the pages of all levels that bring none of their own
]

synopse_pages = [
    path("", synopse, name="synopse"),
    path("druck/", print_synopse, name="print_synopse"),
    path("druck.css", print_synopse_css, name="print_synopse_css"),
    path("synopse.pdf", pdf_synopse, name="pdf_synopse"),
]

# What stood below /verwaltung/herne_strategy/, as bookmarks and old mails still say, by the app that has it now.
FORMER_ADMIN_PAGES = {
    "legal": ["legalpage", "barrierreport"],
    "accounts": ["secondfactor", "directorylink", "staffsession"],
}

legal_pages = ["impressum", "datenschutz", "barrierefreiheit", "leichte-sprache", "gebaerdensprache"]

urlpatterns = [
    path("", include((strategy_pages, "public")), {"mode": SHOWN}),
    path("fassungen/", edition_list, name="edition_list"),
    path("fassungen/<slug:old>/synopse/arbeitsstand/", with_working_tree, name="synopse_working_tree"),
    *(
        path(f"fassungen/<slug:old>/synopse/arbeitsstand/{form}", with_working_tree_on_paper)
        for form in ("druck/", "synopse.pdf")
    ),
    path("fassungen/<slug:old>/synopse/<slug:new>/", include(synopse_pages), {"mode": EDITION}),
    path("fassungen/<slug:edition>/", include((strategy_pages, "edition")), {"mode": EDITION}),
    *(
        re_path(
            f"^verwaltung/herne_strategy/(?P<rest>({'|'.join(models)})/.*)$",
            RedirectView.as_view(url=f"/verwaltung/{app}/%(rest)s", query_string=True, permanent=True),
        )
        for app, models in FORMER_ADMIN_PAGES.items()
    ),
    path("verwaltung/herne_strategy/", RedirectView.as_view(pattern_name="all_data", permanent=True)),
    path("berichte/", include("reporting.urls")),
    path("verwaltung/konto/", include("accounts.urls")),
    path("verwaltung/vorschau/", include((strategy_pages, "preview")), {"mode": PREVIEW}),
    path(
        "verwaltung/fassungen/<slug:old>/synopse/<slug:new>/",
        include((synopse_pages, "staff_synopse")),
        {"mode": STAFF},
    ),
    path("verwaltung/fassungen/<slug:edition>/", include((strategy_pages, "staff")), {"mode": STAFF}),
    path("verwaltung/datenschutz-beschaeftigte/", admin.site.admin_view(staff_privacy), name="staff_privacy"),
    path("verwaltung/baum/", tree_page, name="tree_page"),
    path("verwaltung/", include("editing.urls")),
    path("verwaltung/alle-daten/", admin.site.admin_view(admin.site.index), name="all_data"),
    path("verwaltung/", admin.site.urls),
    *(path(f"{slug}/", legal_page.page, {"slug": slug}, name=slug) for slug in legal_pages),
    path("pruefsumme/", digest, name="digest"),
    path("barriere-melden/", barrier_page.report, name="report_barrier"),
    path("barriere-melden/danke/", barrier_page.thanks, name="report_barrier_thanks"),
    path("healthz/", views.healthz, name="healthz"),
    path("bereit/", views.ready, name="ready"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("sitemap.xml", views.sitemap, name="sitemap"),
]

handler400 = "herne_strategy.views.misunderstood"
handler403 = "herne_strategy.views.forbidden"
handler404 = "herne_strategy.views.not_found"
handler500 = "herne_strategy.views.failed"
