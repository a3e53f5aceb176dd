"""Text rule 2: what is typed is what stands there; markup is only what docs/redaktion.md teaches. Plain Python.

The parser is markdown-it with next to all of its rules off. Those below are on, each stricter than CommonMark:
"1. Januar" is no list, "Bürger*innen" no emphasis, "> 65 Jahre" no quotation; a line end, a backslash and "&shy;"
are text. Whatever is no markup in full stays as it was typed.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import heading as commonmark_heading
from markdown_it.rules_block import table as commonmark_table
from markdown_it.rules_block.list import markTightParagraphs
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter

LONGEST_ADDRESS = (
    2000  # characters; no browser is sure of more, and the PDF compiler refuses a few thousand more
)
DEEPEST = 6  # lists within lists, as printing/pdf/rich.typ sets them, and emphasis within emphasis

_ENTRY = re.compile(r"(?:-|(?P<number>[1-9]\d*)\.) +(?=\S)")
_ROW = re.compile(r"\|.*\|")
_HEADING = re.compile(r"#{2,3} +\S(?:.*[^#])?")
_WITHIN = r"[^\s<>()\"\\]*"
_REST = rf"{_WITHIN}(?:\({_WITHIN}\){_WITHIN})*"
_WEB = rf"https?://\w(?:[\w.-]*\w)?(?::\d{{1,4}})?(?:[/?#]{_REST})?"
_ADDRESS = re.compile(rf"\((?P<address>{_WEB}|mailto:\w{_REST}|/(?!/){_REST})\)", re.IGNORECASE)
_NO_BEGIN = frozenset(")]},.;:!?/")  # "*)" is a footnote


def parser(*, with_headings: bool = False) -> MarkdownIt:
    """The parser of text rule 2; `with_headings` for those of the second and third level."""
    made = MarkdownIt("zero", {"breaks": True}).enable(["newline", "table", "list", "emphasis", "link"])
    ends_paragraph: RuleOptionsType = {"alt": ["paragraph"]}
    made.block.ruler.at("table", _table, ends_paragraph)
    made.block.ruler.at("list", _entries, ends_paragraph)
    made.block.ruler.at("heading", _heading, ends_paragraph)
    made.block.ruler.at("paragraph", _paragraph)
    made.inline.ruler.at("emphasis", _stars)
    made.inline.ruler2.after("emphasis", "shallow", _shallow)
    made.inline.ruler.at("link", _link)
    return made.enable("heading") if with_headings else made


def _line(state: StateBlock, line: int) -> str:
    """What stands in a line, without the space around it."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]].rstrip(" ")


def _is_within(state: StateBlock, line: int, end: int) -> bool:
    """Whether there is such a line, and it is not empty and belongs to the list entry that is read, if any."""
    return line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines up to an empty one, or to one that is less indented than the list entry that they stand in."""
    ends = state.md.block.ruler.getRules("paragraph")
    line = start + 1
    while _is_within(state, line, end) and not any(rule(state, line, end, True) for rule in ends):
        line += 1
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    inline = state.push("inline", "", 0)
    inline.content = state.getLines(start, line, state.blkIndent, False).strip(" \n")
    inline.map, inline.children = [start, line], []
    state.push("paragraph_close", "p", -1)
    return True


def _marker(state: StateBlock, line: int) -> re.Match[str] | None:
    """The mark that an entry begins with. One behind another mark is text, as the minus in "- - 5 °C"."""
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    is_first = not state.src[state.bMarks[line] : begin].strip()
    return _ENTRY.match(state.src, begin, end) if is_first else None


def _entries(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A list: entries that begin with "- ", or two and more numbered 1., 2. and so on without a gap."""
    first = _marker(state, start)
    if first is None or state.level >= 2 * DEEPEST:
        return False
    is_numbered = first["number"] is not None
    if is_numbered and (first["number"] != "1" or not _is_followed(state, start, end, len(first[0]))):
        return False
    if silent:
        return True
    name, tag = ("ordered_list", "ol") if is_numbered else ("bullet_list", "ul")
    at = len(state.tokens)
    state.push(f"{name}_open", tag, 1)
    line, number, is_tight = start, 1, True
    while _is_within(state, line, end) and (marker := _marker(state, line)):
        if marker["number"] != (str(number) if is_numbered else None):
            break
        is_tight &= (line == start or not state.isEmpty(line - 1)) & _entry(state, line, end, len(marker[0]))
        line, number = state.line, number + 1
    state.push(f"{name}_close", tag, -1)
    if is_tight:
        markTightParagraphs(state, at)
    return True


def _is_followed(state: StateBlock, start: int, end: int, width: int) -> bool:
    """Whether the first entry of a numbered list, with all that is indented below it, has a second one behind it."""
    indent = state.sCount[start] + width
    rest = range(start + 1, end)
    line = next((each for each in rest if not state.isEmpty(each) and state.sCount[each] < indent), end)
    second = _marker(state, line) if _is_within(state, line, end) else None
    return second is not None and second["number"] == "2"


def _entry(state: StateBlock, line: int, end: int, width: int) -> bool:
    """Read an entry: its line without the mark, and what is indented below it. Whether no empty line parts it."""
    before = state.blkIndent, state.tShift[line], state.sCount[line], state.tight
    state.tShift[line] += width
    state.sCount[line] += width
    state.blkIndent, state.tight = state.sCount[line], True
    state.push("list_item_open", "li", 1)
    state.md.block.tokenize(state, line, end)
    state.push("list_item_close", "li", -1)
    is_tight = state.tight
    state.blkIndent, state.tShift[line], state.sCount[line], state.tight = before
    return is_tight


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A table: every row stands between two "|" and has as many cells as the first; the second is |---|."""
    head = _line(state, start)
    rows = start
    while rows < (min(end, start + 2) if silent else end) and _is_row(_line(state, rows), head):
        rows += 1
    return rows > start + 1 and commonmark_table(state, start, rows, silent)


def _is_row(line: str, head: str) -> bool:
    return bool(_ROW.fullmatch(line)) and line.count("|") == head.count("|") and "\\|" not in line


def _heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """ "## " or "### " and words; nothing behind them is a mark."""
    return bool(_HEADING.fullmatch(_line(state, start))) and commonmark_heading(state, start, end, silent)


def _stars(state: StateInline, silent: bool) -> bool:
    """Stars at the edge of a word can begin or end emphasis; whether they do, the pairs tell."""
    if silent or state.src[state.pos] != "*":
        return False
    run = state.scanDelims(state.pos, False)
    behind = state.src[state.pos + run.length : state.pos + run.length + 1]
    before = state.src[state.pos - 1 : state.pos]
    is_edge = run.can_open != run.can_close and before != "\\"  # "(*)" could be both; \* wants to be a star
    for _star in range(run.length):
        state.push("text", "", 0).content = "*"
        begins = is_edge and run.can_open and behind not in _NO_BEGIN
        ends = is_edge and run.can_close
        token = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord("*"), run.length, token, -1, begins, ends))
    state.pos += run.length
    return True


def _shallow(state: StateInline) -> None:
    """Emphasis deeper than anybody means stays as typed: what reads the tree, and Typst, go down into it by calls."""
    depth = 0
    for token in state.tokens:
        if token.tag in ("em", "strong"):
            step = token.nesting
            if depth + (step > 0) > DEEPEST:
                token.type, token.tag, token.nesting, token.content = "text", "", 0, token.markup
            depth += step


def _link(state: StateInline, silent: bool) -> bool:
    """[words](address), where the address is one of the web, of mail, or of this portal ("/…")."""
    begin = state.pos + 1
    if state.src[state.pos] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, state.pos, True)
    if end < 0 or not state.src[begin:end].strip():
        return False
    found = _ADDRESS.match(state.src, end + 1, state.posMax)
    href = state.md.normalizeLink(found["address"]) if found else ""
    if found is None or len(href) > LONGEST_ADDRESS:
        return False
    if not silent:
        maximum = state.posMax
        state.pos, state.posMax = begin, end
        token = state.push("link_open", "a", 1)
        token.attrs, token.meta = {"href": href}, {"typed": found["address"]}
        state.linkLevel += 1
        state.md.inline.tokenize(state)
        state.linkLevel -= 1
        state.push("link_close", "a", -1)
        state.posMax = maximum
    state.pos = found.end()
    return True
