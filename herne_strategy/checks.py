"""Checks of an installation: of the system, and of the database when a command fails or a server starts."""

import logging
import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection

from accounts.checks import check_secrets
from herne_strategy import environment
from herne_strategy.deploy_checks import check_settings
from herne_strategy.environment import LIKE_DATABASE
from herne_strategy.readiness import problems
from strategy.editions.checks import check_role

logger = logging.getLogger(__name__)


def check_translations(**kwargs: Any) -> list[CheckMessage]:
    """The German texts are compiled: an edition keeps the words of the day on which it is frozen."""
    sources = settings.BASE_DIR.glob("locale/*/LC_MESSAGES/*.po")
    return [
        Error(
            f"{source.relative_to(settings.BASE_DIR)} has not been compiled.",
            hint="Run `manage.py build_assets`.",
            id="herne_strategy.E001",
        )
        for source in sources
        if not source.with_suffix(".mo").exists()
    ]


def database_fault() -> str:
    """Why no command can work with the database, in a sentence that names the variable. Empty where one can."""
    where, must = f'DATA_DIR ("{settings.DATA_DIR}")', "be a folder whose portal.sqlite3 is a database"
    if "DATABASE_URL" in os.environ:
        where, must = "DATABASE_URL", LIKE_DATABASE
    try:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
    except DatabaseError as error:
        reason = " ".join(str(error).split())
        return f"{where} leads to no database that can be opened ({reason}); it must {must}."
    if "django_migrations" not in tables:
        return f"{where} leads to a database without tables; `manage.py migrate` must make them first."
    return ""


def refuse_public_demo() -> None:
    """What the WSGI application asks first. Commands and tests run in demonstration mode wherever they like."""
    if settings.DEMO:
        environment.refuse_public_demo(settings.PUBLIC_URL, settings.DATABASES["default"]["ENGINE"])


def log_problems() -> None:
    """What a server says when it starts. It starts all the same, so that readers get what there is."""
    if fault := database_fault():
        logger.error(fault)
    else:
        for problem in [*problems(), *check_secrets([DEFAULT_DB_ALIAS])]:
            logger.error("%s %s", problem.msg, problem.hint)
        if not settings.DEMO:
            for problem in check_role([DEFAULT_DB_ALIAS]):
                logger.warning("%s %s", problem.msg, problem.hint)
    for problem in [] if settings.DEMO else check_settings():
        logger.warning("%s %s", problem.msg, problem.hint)
