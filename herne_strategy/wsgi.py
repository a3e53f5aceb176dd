"""The portal for a WSGI server (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from herne_strategy.checks import log_problems, refuse_public_demo

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
refuse_public_demo()
application = get_wsgi_application()
log_problems()
connection.close()
