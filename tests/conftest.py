"""What all tests share: a process that remembers nothing, trees as outlines, editions that can be cleaned up."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from strategy.editions import triggers
from strategy.editions.library import library
from strategy.pages.redirects import former_addresses


def pytest_configure() -> None:
    """Static files keep their plain names: tests run without `collectstatic`."""
    from django.conf import settings

    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


@pytest.fixture(autouse=True)
def _fresh_process() -> None:
    """Every test starts with nothing in memory, and sees each public change at once."""
    library.forget()
    former_addresses.forget()


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A published change is seen by the next request, not half a second later."""
    monkeypatch.setattr("strategy.editions.library.CHECK_EVERY", 0)


@pytest.fixture
def security_log(django_capture_on_commit_callbacks: Callable) -> Callable:
    """`with security_log() as events:` has what the security log says of what is done in it: a dictionary a line,
    without the time."""

    @contextmanager
    def collecting() -> Iterator[list[dict[str, str]]]:
        events: list[dict[str, str]] = []
        handler = logging.Handler()
        handler.emit = lambda record: events.append(_parts(record.getMessage()))  # type: ignore[method-assign]
        logger = logging.getLogger("portal.security")
        logger.addHandler(handler)
        try:
            with django_capture_on_commit_callbacks(execute=True):
                yield events
        finally:
            logger.removeHandler(handler)

    return collecting


def _parts(line: str) -> dict[str, str]:
    """A line of the security log as whoever watches it reads it."""
    _time, *parts = line.split(" ")
    return dict(part.split("=", 1) for part in parts)


@pytest.fixture
def unprotected(transactional_db: None) -> Iterator[None]:
    """For tests that commit sealed editions: drops the triggers when the test is over, so that it can be
    cleaned up, and makes them anew."""
    yield
    from council.auxiliary_files import AuxiliaryFile
    from council.papers import Paper
    from strategy.editions.models import Edition, Publication, PublicState

    triggers.drop()
    AuxiliaryFile.objects.all().delete()
    Paper.objects.all().delete()
    PublicState.objects.all().delete()
    Publication.objects.all().delete()
    Edition.objects.all().delete()
    triggers.create()
