"""The database stops, or hangs, under a running server: reading goes on, writing is told so at once and loses nothing,
and all is as before when it is back.
"""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from tests.browser.portal import Answer
from tests.outage.conftest import Served

pytestmark = [pytest.mark.once]
TYPED = "Die Beschriftung der Karte ist mit meinem Vorleseprogramm nicht zu verstehen."
HEADERS = ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"]


def within(seconds: float, is_so: Callable[[], bool]) -> float:
    """How long it took until this was so."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds, "not in time"
        time.sleep(0.05)
    return time.monotonic() - begun


def quickly(ask: Callable[[], Answer]) -> Answer:
    begun = time.monotonic()
    answer = ask()
    assert time.monotonic() - begun < 1
    return answer


def is_said_to_be_away(served: Served) -> bool:
    return "X-Last-Known" in served.portal.get("/").headers


@pytest.fixture(params=["stop", "hang"])
def away(served: Served, request: pytest.FixtureRequest):
    """The database is away, and known to be; it comes back when the test is over, if not before."""
    assert served.portal.get("/massnahmen/").status == 200
    back = {"stop": served.database.start, "hang": served.database.go_on}[request.param]
    getattr(served.database, request.param)()
    within(6, lambda: is_said_to_be_away(served))
    returned: list[bool] = []

    def come_back() -> None:
        if not returned:
            back()
        returned.append(True)

    yield come_back
    come_back()
    within(6, lambda: not is_said_to_be_away(served))


def test_readers_notice_nothing_and_staff_is_told(served: Served, away) -> None:
    portal = served.portal
    goals = re.findall(r'href="(/ziele/[^"]+)"', portal.get("/").text)

    for address in [
        "/massnahmen/",
        "/",
        goals[-1],
        "/sdg/",
        "/robots.txt",
        "/sitemap.xml",
        "/static/icon.svg",
    ]:
        answer = quickly(lambda address=address: portal.get(address))
        assert (answer.status, address) == (200, address)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", answer.headers["X-Last-Known"]), address
    for address in ["/verwaltung/", "/verwaltung/konto/login/"]:
        answer = quickly(lambda address=address: portal.get(address))
        assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
        assert "Unsere Datenbank antwortet gerade nicht." in answer.text
        assert all(name in answer.headers for name in HEADERS)
    assert quickly(lambda: portal.get("/healthz/")).status == 200
    assert portal.get("/bereit/").status == 503


def test_what_was_typed_is_not_lost(served: Served, away) -> None:
    answer = quickly(lambda: served.portal.send_form("/barriere-melden/", {"text": TYPED, "email": ""}))

    assert (answer.status, answer.headers["Retry-After"]) == (503, "10")
    assert "Es wurde nichts gespeichert." in answer.text
    assert f'<input type="hidden" name="text" value="{TYPED}">' in answer.text


def test_a_page_that_needs_the_database_says_so(served: Served, away) -> None:
    answer = served.portal.get(f"/gibt-es-nicht/{quote('ä')}/")
    edition = served.portal.get("/fassungen/eins/massnahmen/")

    assert answer.status == 404
    assert edition.status == 503
    assert "die Strategie selbst ist weiter zu lesen" in edition.text


def test_all_is_well_two_seconds_after_it_is_back(served: Served, away) -> None:
    away()

    took = within(2, lambda: served.portal.get("/verwaltung/konto/login/").status == 200)

    print(f"back after {took:.2f} s")
    within(2, lambda: not is_said_to_be_away(served))
    assert served.portal.get("/fassungen/eins/massnahmen/").status == 200


def test_the_log_has_a_line_an_outage_and_no_traceback(served: Served, away) -> None:
    before = len(served.log)
    for _ in range(20):
        served.portal.get("/fassungen/eins/sdg/")
        served.portal.get("/verwaltung/")
    away()
    within(2, lambda: not is_said_to_be_away(served))

    lines = served.log[before:]

    assert len(lines) <= 3, "\n".join(lines)
    assert "Traceback" not in "\n".join(served.log)


def test_whoever_was_waiting_when_it_began_to_hang_is_freed(served: Served) -> None:
    within(6, lambda: not is_said_to_be_away(served))
    served.database.hang()
    try:
        begun = time.monotonic()
        with ThreadPoolExecutor(12) as readers:
            answers = list(
                readers.map(served.portal.get, [f"/fassungen/eins/?n={number}" for number in range(12)])
            )
        took = time.monotonic() - begun
    finally:
        served.database.go_on()

    assert {answer.status for answer in answers} == {503}
    assert took < 12
    within(6, lambda: not is_said_to_be_away(served))
