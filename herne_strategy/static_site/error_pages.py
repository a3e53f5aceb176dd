"""What nginx says by itself: pages like the application's, as files, with its headers."""

import os

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from herne_strategy.static_site import site_folder
from herne_strategy.static_site.application import request_of

TEMPLATE = "herne_strategy/web_server_error.html"
AGAIN = _("Please try again in a few minutes.")
# By status: the heading and what to do.
PAGES = {
    400: (
        _("This request could not be read"),
        _("Please open the page again from its address or from a link."),
    ),
    403: (_("This page is not for everybody"), _("It is open to the portal's own monitoring only.")),
    404: (
        _("Page not found"),
        _("This address is not known here. Perhaps it was mistyped, or cut off when it was copied."),
    ),
    413: (
        _("That is too large"),
        _(
            "What was sent is larger than this page accepts. Please go one step back in the browser, where your text "
            "still stands, and send less or a smaller file."
        ),
    ),
    414: (_("This address is too long"), _("Please open the page again from a link.")),
    429: (
        _("Too many requests"),
        _("From your network came more requests than we answer at once. Please wait a moment."),
    ),
    503: (_("This page cannot be shown just now"), AGAIN),
}


def write() -> None:
    """Write all of them, each as a whole."""
    folder = site_folder.root() / "errors"
    site_folder.make_folder(folder)
    request = request_of("/")
    for status, (heading, advice) in PAGES.items():
        page = render_to_string(TEMPLATE, {"heading": heading, "advice": advice}, request=request)
        new = folder / f".{status}.new"
        new.write_text(page)
        new.chmod(0o644)
        os.replace(new, folder / f"{status}.html")
