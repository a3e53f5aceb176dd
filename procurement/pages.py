"""The pages of the folder: plain HTML with its styles inside, to read and to print."""

from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.template import Context, Engine
from django.utils import translation

TEMPLATES = Path(__file__).parent / "templates"


def rendered(template: str, **context: Any) -> str:
    """A page as HTML. The portal's settings are not needed."""
    if not settings.configured:
        settings.configure(LANGUAGE_CODE="de", TIME_ZONE="Europe/Berlin", USE_TZ=True)
        django.setup()
    styles = (TEMPLATES / "style.css").read_text()
    with translation.override("de"):
        page = Engine(dirs=[str(TEMPLATES)]).get_template(template)
        return page.render(Context({"styles": styles, **context}))
