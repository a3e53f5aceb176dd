"""Freezing the working tree together with the council paper that it refers to."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from council.papers import Paper
from strategy.document.data import Plain
from strategy.editions.actions import freeze
from strategy.editions.models import Edition, Strategy


def freeze_with_paper(
    *,
    slug: str | None = None,
    title: str | None = None,
    subtitle: str | None = None,
    remark: str | None = None,
    paper: str | None = None,
    by: User | None = None,
    nodes: Iterable[Mapping[str, Any]] | None = None,
) -> Edition:
    """Freeze the working tree. What is not given (None) the title page says; `nodes` as in `freeze`.

    Of an edition with another title than its own, the title page has nothing to remark.
    """
    page = Strategy.current()
    is_another = title is not None and title != page.edition_title
    slug = page.edition_slug if slug is None else slug
    if not slug:
        raise ValidationError(_("The edition needs an address: please give a slug."))
    if Edition.objects.filter(slug=slug).exists():
        raise ValidationError(_("There is already an edition at the address “%(slug)s”.") % {"slug": slug})
    return freeze(
        slug=slug,
        title=_cleaned("edition_title", page.edition_title if title is None else title),
        subtitle=_cleaned("subtitle", page.subtitle if subtitle is None else subtitle),
        remark=_cleaned(
            "edition_remark", ("" if is_another else page.edition_remark) if remark is None else remark
        ),
        basis=basis_of(page.paper_number if paper is None else paper),
        by=by,
        nodes=nodes,
    )


def basis_of(number: str) -> dict[str, Plain]:
    """The paper of this number as an edition keeps it; {} where no number is given.

    ValidationError where it is not recorded, or not public: what is frozen cannot be taken back.
    """
    if not number:
        return {}
    recorded = Paper.objects.filter(reference=number).first()
    if recorded is None:
        message = _("The paper “%(number)s” is not recorded here.") % {"number": number}
        raise ValidationError({"paper": message})
    if not recorded.is_public_today:
        message = _(
            "The paper “%(number)s” is not public, and an edition says for ever to which paper it refers. Please name "
            "none, or freeze once the paper is public."
        )
        raise ValidationError({"paper": message % {"number": number}})
    return recorded.as_plain()


def _cleaned(name: str, value: str) -> str:
    cleaned: str = Strategy._meta.get_field(name).clean(value, None)  # type: ignore[union-attr]
    return cleaned
