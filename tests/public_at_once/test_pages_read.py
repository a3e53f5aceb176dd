"""What the public pages come from: each table that one of them reads is declared to be public at once."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve
from django.urls.exceptions import Resolver404

from council import actions
from council.submitted_files import keep_original
from goals.models import SDG
from measures.execution import Execution
from measures.execution_actions import keep_execution
from measures.models import Measure
from reporting.models import StatusReportContent
from strategy.editions.actions import freeze, withhold
from strategy.editions.models import Edition, EditionContent
from strategy.editions.public_rows import public_models
from strategy.editions.redaction.orders import RedactedEdition
from strategy.editions.working_tree import rows
from strategy.history.models import HistoryRecord
from strategy.history.origins import Origin
from strategy.history.withheld_changes import HeldBack
from tests.council.council_steps import paper_for
from tests.council.files.small_pdf import PDF
from tests.factories import SDGFactory, UserFactory
from tests.reporting.closed_rounds import closed_round, frozen

pytestmark = pytest.mark.django_db

# Read as it stood when an edition was frozen: that never changes any more, but with the edition.
FROZEN: frozenset[type[Model]] = frozenset(
    {EditionContent, StatusReportContent, HistoryRecord, Origin, HeldBack, RedactedEdition}
)
# Where no link leads, and what is no longer there.
NOT_LINKED = (
    "/robots.txt",
    "/.well-known/security.txt",
    "/sitemap.xml",
    "/healthz/",
    "/bereit/",
    "/barriere-melden/danke/",
    "/k/1/",
    "/fassungen/beispiel-2/k/1/",
    "/fassungen/beispiel-1/synopse/beispiel-2/",
    "/fassungen/beispiel-1/synopse/beispiel-2/druck.css",
    "/fassungen/beispiel-1/synopse/arbeitsstand/",
    "/fassungen/beispiel-1/synopse/arbeitsstand/druck/",
    "/fassungen/beispiel-1/synopse/arbeitsstand/synopse.pdf",
    "/massnahmen/beispiel-eins/",
    "/massnahmen/gibt-es-nicht/",
    "/langfassung.pdf",
    "/kurzfassung.pdf",
    "/archiv.zip",
    "/fassung.json",
    "/anlage/",
    "/anlage.pdf",
    "/beschluss/",
    "/beschluss.pdf",
    "/fassungen/beispiel-2/kapitel/schluss/",
)
TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
LINK = re.compile(r'href="(/[^"#?]*)')


@pytest.fixture
def sdg() -> SDG:
    return SDGFactory(number=4)


@pytest.fixture
def portal(sdg: SDG, load_sample: Callable[..., str]) -> None:
    """Two editions with sample data, one that is withheld, and one recorded after the decision, with the original."""
    load_sample()
    withhold(Edition.objects.get(slug="echt"), reason="Ein Name stand darin.")
    nodes = [node for node in rows() if not node["is_sample"]]
    paper = paper_for(freeze(slug="alt", title="Alt", nodes=nodes), result="approved")
    keep_original(paper, actions.submit(paper), content=PDF, by=UserFactory())
    actions.carry_over(paper)
    keep_execution(Execution(uid=Measure.objects.first().uid), by=None)
    frozen(closed_round())


def read_by(client: Client, address: str) -> tuple[set[str], HttpResponse]:
    """The tables that a page reads, and the page."""
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return {table for query in queries.captured_queries for table in TABLE.findall(query["sql"])}, response


def visited(client: Client) -> tuple[set[str], set[str]]:
    """The tables that public pages read, and the routes of these pages: one of each, and all that is not linked."""
    tables: set[str] = set()
    routes: set[str] = set()
    waiting = ["/", *NOT_LINKED]
    while waiting:
        address = waiting.pop()
        route = route_of(address)
        if is_public_route(route) and (route not in routes or address in NOT_LINKED):
            read, response = read_by(client, address)
            tables |= read
            routes |= {route} if response.status_code < 400 else set()
            waiting += links(response) if response.status_code == 200 else []
    return tables, routes


def links(response: HttpResponse) -> list[str]:
    is_page = response["Content-Type"].startswith("text/html")
    return sorted(set(LINK.findall(response.content.decode()))) if is_page else []


def route_of(address: str) -> str:
    """The pattern of an address; "verwaltung/" for one of no page of ours, such as a picture's."""
    try:
        return resolve(address).route
    except Resolver404:
        return "verwaltung/"


def is_public_route(route: str) -> bool:
    return not route.removeprefix("^").startswith("verwaltung/")


def all_routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        route = f"{prefix}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            yield from all_routes(pattern, route)
        else:
            yield route


def test_what_public_pages_read_is_declared(client: Client, portal: None):
    tables, routes = visited(client)

    models = {model for model in apps.get_models() if model._meta.db_table in tables}
    assert models - FROZEN == public_models()
    assert {route for route in all_routes(get_resolver()) if is_public_route(route)} - routes == set()
