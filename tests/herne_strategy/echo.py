"""A WSGI application that tells what Django makes of a request. Run by test_gunicorn.py, under gunicorn."""

import json
import os
from collections.abc import Callable, Iterable
from typing import Any

import django
from django.core.handlers.wsgi import WSGIRequest

from strategy.network_address import network_address

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
django.setup()


def application(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    request = WSGIRequest(environ)
    told = [request.path, request.path_info, request.scheme, request.get_host(), network_address(request)]
    start_response("200 OK", [("Content-Type", "application/json")])
    return [json.dumps(told).encode()]
