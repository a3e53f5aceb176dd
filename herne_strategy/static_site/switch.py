"""Turns nginx to the folder of a public state. Every process that notices a new one does so: it is cheap."""

import logging

from herne_strategy.static_site import site_folder
from strategy.editions.library import Shown
from strategy.editions.models import Edition, Publication

logger = logging.getLogger(__name__)


def switch(shown: Shown) -> None:
    """From now on nginx answers from the folder of this state, which may still be empty, and never again with what is
    withheld or taken back. Does nothing where no writer has ever run, and never disturbs whoever calls."""
    if not site_folder.sets().is_dir():
        return
    current = site_folder.set_at(site_folder.CURRENT)
    if current and current.name == shown.stamp:
        return
    try:
        forget_unreadable()
        site_folder.make_folder(site_folder.sets() / shown.stamp)
        site_folder.point(site_folder.CURRENT, shown.stamp)
    except OSError as error:
        _let_application_answer(error)


def forget_unreadable() -> None:
    """Delete what the public may not read any more from every folder."""
    readable = set(Edition.objects.public().filter(withheld_on=None).values_list("slug", flat=True))
    for folder in site_folder.all_sets():
        if not _stands(site_folder.publication_of(folder)):
            site_folder.remove(folder)
            continue
        for pattern in ("*/*/fassungen/*", "*/*/fassungen/*/synopse/*"):
            for path in folder.glob(pattern):
                if path.is_dir() and path.name != "synopse" and path.name not in readable:
                    site_folder.remove(path)


def _stands(publication: int | None) -> bool:
    """Whether what was shown by this publication has neither been taken back nor withheld since."""
    standing = Publication.objects.filter(taken_back_at=None, edition__withheld_on=None)
    return publication is None or standing.filter(pk=publication).exists()


def _let_application_answer(error: OSError) -> None:
    """Where no other folder can be chosen, none is: better slow than of yesterday."""
    try:
        (site_folder.root() / site_folder.CURRENT).unlink(missing_ok=True)
    except OSError:
        logger.critical(
            "nginx may go on answering with pages that are not true any more: %s cannot be changed (%s).",
            site_folder.root(),
            error,
        )
    else:
        logger.error("The published files are not used now: %s (%s)", site_folder.root(), error)
