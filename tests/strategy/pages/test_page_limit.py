"""The page cache keeps to its limit: the least recently used page goes first."""

import random

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from strategy.pages.page_cache import PageCache

pytestmark = pytest.mark.django_db


def test_least_recently_used_page_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 1000)
    rendered: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        response = HttpResponse(random.Random(request.path).randbytes(1000))
        response.is_public_page = True  # type: ignore[attr-defined]
        return response

    cache = PageCache(view)
    monkeypatch.setattr("strategy.pages.page_cache.LIMIT", 7000)  # two pages of a good 3,000 bytes each

    def get(path: str) -> None:
        cache(RequestFactory().get(path))

    get("/a/")
    get("/b/")
    get("/a/")
    get("/c/")
    get("/a/")
    get("/b/")

    assert rendered == ["/a/", "/b/", "/c/", "/b/"]


def test_answer_with_a_cookie_is_not_kept() -> None:
    rendered: list[str] = []

    def view(request: HttpRequest) -> HttpResponse:
        rendered.append(request.path)
        response = HttpResponse("x")
        response.is_public_page = True  # type: ignore[attr-defined]
        response.set_cookie("a", "b")
        return response

    cache = PageCache(view)

    answers = [cache(RequestFactory().get("/")) for _ in range(2)]

    assert rendered == ["/", "/"]
    assert all("ETag" not in answer for answer in answers)
