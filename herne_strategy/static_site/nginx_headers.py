"""The files in which nginx reads the headers of the application's answers; deploy/nginx/ includes them."""

import re
from pathlib import Path

from django.conf import settings

from herne_strategy.static_site.application import Application
from herne_strategy.static_site.headers import Headers, line, normal

_ENDING = re.compile(r"\.(?!gz$|br$)[a-z0-9]{1,5}")
OF_ONE = {"Content-Type", "Cache-Control"}  # that of a static file depends on its name


def header_files() -> dict[str, str]:
    """By name. Settings, static files and the database have to be those of the running portal."""
    application = Application()
    headers = Headers.of(application)
    return {
        "site.conf": _constant("site_headers", headers.digest) + _constant("site_scheme", _scheme()),
        "page-headers.conf": headers.for_pages,
        "file-headers.conf": headers.for_files,
        "static-headers.conf": _static_headers(application),
        "error-headers.conf": _error_headers(headers),
    }


def _scheme() -> str:
    return str(settings.PUBLIC_URL).partition(":")[0]


def _constant(name: str, value: str) -> str:
    return f'map "" ${name} {{\n    default "{value}";\n}}\n'


def _error_headers(headers: Headers) -> str:
    lines = [line(name, value) for name, value in headers.common.items() if name not in OF_ONE]
    return "".join([*lines, line("Cache-Control", "no-store"), line("Retry-After", "$site_retry")])


def _static_headers(application: Application) -> str:
    """Types as the application names them, for every ending that there is."""
    paths = {
        path.suffix: path
        for path in sorted(settings.STATIC_ROOT.rglob("*.*"))
        if _ENDING.fullmatch(path.suffix)
    }
    answers = {ending: normal(application.ask(_address(path)).headers) for ending, path in paths.items()}
    types = "".join(f"    '{answer['Content-Type']}' {ending[1:]};\n" for ending, answer in answers.items())
    common = next(iter(answers.values()), {})
    lines = [line(name, value) for name, value in common.items() if name not in OF_ONE]
    return f"types {{\n{types}}}\n{''.join(lines)}{line('Cache-Control', '$site_static_age')}"


def _address(path: Path) -> str:
    return f"/{settings.STATIC_URL.strip('/')}/{path.relative_to(settings.STATIC_ROOT).as_posix()}"
