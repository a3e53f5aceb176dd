"""The portal for a WSGI server (gunicorn)."""

import os

from django.core.wsgi import get_wsgi_application
from django.db import connection

from strategy.postgresql import pool_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "herne_strategy.settings")
application = get_wsgi_application()

# Models can be imported only now.
from herne_strategy.checks import log_problems, refuse_public_demo  # noqa: E402
from herne_strategy.static_site.switch import switch  # noqa: E402
from strategy.editions.watcher import watcher  # noqa: E402

refuse_public_demo()
pool_connections()
log_problems()
connection.close()
watcher.on_change(switch)
watcher.start()
