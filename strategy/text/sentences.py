"""Texts in Leichte Sprache: each sentence on a line of its own (BITV 2.0, Anlage 2 Teil 2). Plain Python, no Django."""

import re
from functools import partial

from strategy.text.markdown import TEXT_RULE

_ENTRY = re.compile(r"\s*(?:-\s+|\d+\.\s+)?")
_SHORTENED = "Abs|Art|bzw|ca|Dr|etc|evtl|ggf|max|min|Mio|Mrd|Nr|Prof|St|Std|Str|Tel|usw|vgl|zzgl"
_GOES_ON = re.compile(rf"(?:\b(?:{_SHORTENED}|[A-Za-zÄÖÜäöü])|(?<!\d)\d\d?)\.\Z")  # z. B., Nr. 5, am 3. Mai
# A sentence's mark with what closes behind it, then blanks or the line's end, then what can begin another sentence:
# no mark of a list, a quote or a table.
_END = re.compile(
    r"""([.!?…][)“”"’*_\]]*)(?:[ \t]+|[ \t]*\n)(?![-*+]\s|\d+[.)]\s|[|>#])(?=["„(‚*_\[–]*[A-ZÄÖÜ0-9])"""
)


def sentence_by_line(markdown: str, rule: int = TEXT_RULE) -> str:
    """The same Markdown with a line end behind each sentence. What ends with an abbreviation, or with the number of a
    day, goes on; a text with a table stays as it is. `rule` is that of strategy.text.markdown."""
    return markdown if "|" in markdown else _END.sub(partial(_broken, rule), markdown)


def _broken(rule: int, end: re.Match[str]) -> str:
    line = end.string[end.string.rfind("\n", 0, end.start()) + 1 : end.start()]
    if line.startswith("#"):  # a heading of a legal page, which is one line
        return end[0]
    before = end.string[max(0, end.end(1) - 8) : end.end(1)]  # longer than any abbreviation
    if _GOES_ON.search(before):
        return end[0]
    if rule == 1:
        return f"{end[1]}\\\n"
    entry = _ENTRY.match(line)  # what belongs to an entry of a list stands below its text
    return f"{end[1]}\n{' ' * len(entry[0]) if entry else ''}"
