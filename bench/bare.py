"""The yardstick: a Django view without middleware, without templates, without a database."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("Hello", headers={"Content-Length": "5"})


urlpatterns = [path("", hello)]
settings.configure(
    ROOT_URLCONF="bench.bare",
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="bare" * 16,
    MIDDLEWARE=[],
    LOGGING_CONFIG=None,
    DEBUG=os.environ.get("DEBUG") == "1",
)
application = get_wsgi_application()
