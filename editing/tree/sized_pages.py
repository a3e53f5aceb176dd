"""Pages of a list by what they weigh: many short entries, or few long ones."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.functional import cached_property

BUDGET = 220_000  # bytes of HTML, about: with all around it no page is longer than 300 KB
MOST = 150  # entries of one page


class SizedPaginator(Paginator):
    """Django's Paginator, but that `weight` says how many bytes of a page an entry takes."""

    def __init__(self, entries: Sequence[Any], weight: Callable[[Any], int]) -> None:
        super().__init__(entries, 1)
        self.pages: list[list[Any]] = []
        left = 0
        for entry in entries:
            heavy = weight(entry)
            if heavy > left or len(self.pages[-1]) == MOST:
                self.pages.append([])
                left = BUDGET
            self.pages[-1].append(entry)
            left -= heavy

    @cached_property
    def num_pages(self) -> int:
        """An empty list has one page, too."""
        return max(1, len(self.pages))

    def page(self, number: int | str) -> Page:
        """This page; an error of Paginator's where there is none."""
        valid = self.validate_number(number)
        return Page(self.pages[valid - 1] if self.pages else [], valid, self)
