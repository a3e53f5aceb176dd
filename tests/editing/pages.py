"""What a page says, for tests."""

import re
from html import unescape


def text_of(page: str) -> str:
    """The words of a page without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))
