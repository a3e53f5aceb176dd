"""The type of words that are translated when somebody reads them, such as a label."""

from typing import TYPE_CHECKING

from django.utils.functional import Promise

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise as LazyText
else:
    LazyText = str | Promise

__all__ = ["LazyText"]
