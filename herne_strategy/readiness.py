"""Whether readers can be sent to this server: asked by `/bereit/`, by `check --deploy --database default`, and when a
server starts.
"""

import json
from collections.abc import Iterator
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage
from django.core.checks import CheckMessage, Error, Warning
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest
from django.urls import resolve

from printing.pdf import store
from strategy.editions.checks import check_triggers
from strategy.editions.integrity import damage
from strategy.editions.library import library

OLDER = "herne_strategy.E012"


def problems() -> list[CheckMessage]:
    """All that is wrong. What needs tables is not asked while some are missing."""
    wrong: list[CheckMessage] = [*_static_files(), *_data_folder()]
    try:
        wrong += _migrations()
        if not any(each.id == OLDER for each in wrong):
            wrong += [*check_triggers([DEFAULT_DB_ALIAS]), *_shown_edition(), *_page()]
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        wrong.append(
            Error(
                f"The database cannot be read ({reason}).",
                hint="DATABASE_URL must lead to a database that answers.",
                id="herne_strategy.E010",
            )
        )
    return wrong


def check_readiness(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The same as a system check. Triggers have one of their own, which commands ask too."""
    return [each for each in problems() if not str(each.id).startswith("strategy.")] if databases else []


def _static_files() -> Iterator[CheckMessage]:
    """The style sheets and scripts that pages name are there. Without a manifest files keep their own names."""
    storage = staticfiles_storage
    if not isinstance(storage, ManifestFilesMixin):
        return
    names = storage.hashed_files.values()
    gone = [name for name in names if not storage.exists(name)]
    if gone or not names:
        yield Error(
            f"{len(gone) or 'All'} static files are missing in {settings.STATIC_ROOT}.",
            hint="Run `manage.py build_assets`, then `manage.py collectstatic --noinput`, and start anew.",
            id="herne_strategy.E011",
        )


def _data_folder() -> Iterator[CheckMessage]:
    """New files can be made. A warning only: whatever was made before is delivered, and pages need none."""
    reason = ""
    try:
        store.refuse_full()
        with NamedTemporaryFile(dir=store.folder(), suffix=".part"):
            pass
    except OSError as error:
        reason = error.strerror or str(error)
    if reason:
        yield Warning(
            f"No file can be made in DATA_DIR ({settings.DATA_DIR}): {reason}.",
            hint="PDFs and archives that nobody has asked for yet are not available.",
            id="herne_strategy.W015",
        )


def _migrations() -> Iterator[CheckMessage]:
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        names = ", ".join(f"{migration.app_label}.{migration.name}" for migration, _ in missing)
        yield Error(
            f"The database is older than the program: {names}.",
            hint="Run `manage.py migrate`.",
            id="herne_strategy.E012",
        )


def _shown_edition() -> Iterator[CheckMessage]:
    shown = library.shown().edition
    if shown is None:
        return
    for sentence in damage(shown):
        yield Error(
            f"The shown edition {json.dumps(shown.slug)} is damaged: {sentence}",
            hint="Restore the database from a backup (docs/betrieb/sicherung.md).",
            id="herne_strategy.E013",
        )


def _page() -> Iterator[CheckMessage]:
    """The start page can be made. 404 is right where nothing is published yet."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", "/", "/"
    match = resolve("/")
    try:
        status = match.func(request, *match.args, **match.kwargs).status_code
    except DatabaseError:
        raise
    except Exception as error:
        status = f"{type(error).__name__}: {error}"
    if status not in (200, 404):
        yield Error(
            f"The start page cannot be made ({status}).", hint="The log says why.", id="herne_strategy.E014"
        )
