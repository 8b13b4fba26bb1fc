"""What a word processor, a browser or an e-mail program puts on the clipboard beside plain text, as
a text of the year is kept: paragraphs, lists and bold words. Of everything else the words stay.

Word writes the items of its lists as paragraphs, with the bullet or number in a part that it marks
`mso-list:Ignore`; Google Docs puts everything in a bold element that isn't bold.
"""

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from itertools import groupby

from visitapp.domain.dataclass import dataclass
from visitapp.domain.text.bold_words import Stretch, with_marks

_BREAKS = {
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre", "ul", "ol", "dl", "hr",
    "section", "article", "figure",
}  # fmt: skip
"""Elements with a blank line around them."""
_LINES = {"div", "tr", "dt", "dd", "li", "address", "caption"}
_CELLS = {"td", "th"}
_NO_WORDS = {"style", "script", "head", "title", "xml", "template", "del"}
"""Elements whose words aren't part of the text; `del` is what somebody took out of it."""
_ALONE = {"br", "hr", "img", "meta", "link", "input", "col", "wbr", "area", "base", "embed"}
_WEIGHT = re.compile(r"(?<![-\w])font-weight\s*:\s*(\w+)")
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|mso-(element|special-character)\s*:\s*comment"
)
_OF_COMMENTS = {"msocomanchor", "msocomoff"}
"""Classes of the initials that Word puts where a comment is."""
_TYPED = re.compile(r"white-space\s*:\s*pre")
_LEVEL = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)")
_OF_MARK = re.compile(r"mso-list\s*:\s*ignore")
_COUNTS = re.compile(r"\(?(\d+|[a-z]|[ivxl]+)[.)]", re.IGNORECASE)
_CONDITION = re.compile(r"<!\[[^\]>]*\]>")
"""What Word asks of the programs that read it, which isn't HTML."""
_BETWEEN_CELLS, _NEXT, _BLANK = " | ", "\n", "\n\n"
OF_THIS_WINDOW = 'name="qrichtext"'
"""In what Qt puts on the clipboard, which is plain text with its marks."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An element that has begun. One that `keeps_lines` has them as they were typed."""

    tag: str
    is_bold: bool = False
    has_words: bool = True
    is_mark: bool = False
    keeps_lines: bool = False


class _Line:
    """What becomes a line: a paragraph (`level` 0), or an item of a list."""

    def __init__(self, level: int = 0, *, after_blank: bool = True) -> None:
        self.level, self.after_blank = level, after_blank
        self.parts: list[Stretch] = []
        self.number = 0
        """Of an item; 0 for a bullet."""
        self.mark = ""
        """A number that no list of a text counts with, such as 1.1."""

    def add(self, words: str, *, is_bold: bool) -> None:
        """Add words, with one space for several."""
        spaced = re.sub(r"\s+", " ", words)
        if not self.parts or self.parts[-1][0].endswith(" "):
            spaced = spaced.lstrip()
        if spaced:
            self.parts.append((spaced, is_bold))

    def written(self) -> str:
        """The words as they are kept."""
        words = with_marks(self.parts).strip()
        return f"{self.mark} {words}" if self.mark and words else words


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._open: list[_Open] = []
        self._lists: list[tuple[bool, int]] = []
        """Of each list that has begun: whether it counts, and the number of its last item."""
        self._mark = ""
        self._cell_is_empty = False
        self.lines = [_Line()]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = {name: value or "" for name, value in attrs}
        style = named.get("style", "").lower()
        around = self._around()
        level = int(listed[1]) if tag == "p" and (listed := _LEVEL.search(style)) else 0
        if tag in _CELLS:
            self._cell_is_empty = True
            if self.lines[-1].parts:
                self.lines[-1].add(_BETWEEN_CELLS, is_bold=False)
        self._begin(tag, named, level)
        if tag not in _ALONE:
            self._open.append(
                _Open(
                    tag,
                    _bold(tag, style, is_bold=around.is_bold),
                    around.has_words
                    and tag not in _NO_WORDS
                    and not _HIDDEN.search(style)
                    and named.get("class", "").lower() not in _OF_COMMENTS,
                    around.is_mark or bool(_OF_MARK.search(style)),
                    around.keeps_lines or tag == "pre" or bool(_TYPED.search(style)),
                )
            )

    def _begin(self, tag: str, named: Mapping[str, str], level: int) -> None:
        """Begin a line, if the element does."""
        if tag in ("ul", "ol"):
            start = named.get("start", "1")
            self._lists.append((tag == "ol", int(start) - 1 if start.isdecimal() else 0))
        if tag == "li" and self._lists:
            counts, last = self._lists[-1]
            self._lists[-1] = (counts, last + 1)
            self.lines.append(_Line(len(self._lists)))
            self.lines[-1].number = last + 1 if counts else 0
        elif self._lists and (tag in _BREAKS or tag in _LINES or tag == "br"):
            self.lines[-1].add(" ", is_bold=False)  # an item stays on its line
        elif level:
            self._mark = ""
            self.lines.append(_Line(level))
        elif self._is_in_cell() and self._cell_is_empty:
            return  # the first words of a cell stay in its row
        elif tag in _BREAKS:
            self._new_line(after_blank=True)
        elif tag in _LINES or tag == "br":
            self._new_line(after_blank=tag == "br" and not self.lines[-1].parts)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if all(item.tag != tag for item in self._open):
            return
        while self._open.pop().tag != tag:
            pass
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            if not self._lists:
                self._new_line(after_blank=True)
        elif self._lists:
            return
        elif self._is_in_cell():
            self.lines[-1].add(" ", is_bold=False)
        elif tag in _BREAKS:
            self._new_line(after_blank=True)
        elif tag in _LINES:
            self._new_line(after_blank=False)

    def handle_data(self, data: str) -> None:
        around = self._around()
        if around.is_mark:
            self._read_mark(data)
            return
        if not around.has_words:
            return
        keeps = around.keeps_lines and not self._lists
        for at, words in enumerate(data.split("\n") if keeps else [data]):
            if at:
                self._new_line(after_blank=not self.lines[-1].parts)
            self.lines[-1].add(words, is_bold=around.is_bold)
            self._cell_is_empty = self._cell_is_empty and not words.strip()

    def _read_mark(self, data: str) -> None:
        self._mark += data
        mark, line = self._mark.strip(), self.lines[-1]
        begun = _COUNTS.fullmatch(mark)
        if begun and line.level:
            line.number = int(begun[1]) if begun[1].isdecimal() else -1
        has_letters = len(mark) > 1 and any(map(str.isalnum, mark))
        line.mark = mark if has_letters and not (begun and line.level) else ""

    def _around(self) -> _Open:
        return self._open[-1] if self._open else _Open("")

    def _is_in_cell(self) -> bool:
        return any(item.tag in _CELLS for item in self._open)

    def _new_line(self, *, after_blank: bool) -> None:
        self._mark = ""
        last = self.lines[-1]
        if last.parts or last.level:
            self.lines.append(_Line(after_blank=after_blank))
        elif after_blank:
            last.after_blank = True


def _bold(tag: str, style: str, *, is_bold: bool) -> bool:
    if weighs := _WEIGHT.search(style):
        weight = weighs[1]
        return weight in ("bold", "bolder") or (weight.isdecimal() and int(weight) > 500)
    return is_bold or tag in ("b", "strong")


def written(html: str) -> str:
    """The text, as somebody types it."""
    reader = _Reader()
    reader.feed(_CONDITION.sub("", html))
    reader.close()
    text = ""
    with_words = (line for line in reader.lines if line.written())
    for is_list, run in groupby(with_words, key=lambda line: line.level > 0 and not line.mark):
        lines = list(run)
        words = _list(lines) if is_list else _prose(lines)
        text += f"{text and _BLANK}{words}"
    return text


def _prose(lines: Sequence[_Line]) -> str:
    words = lines[0].written()
    for line in lines[1:]:
        words += f"{_BLANK if line.after_blank else _NEXT}{line.written()}"
    return words


def _list(lines: Sequence[_Line]) -> str:
    """The items, each on its line; a list that counts on from another isn't numbered anew."""
    top, least = 0, min(line.level for line in lines)
    written: list[str] = []
    below, first = 0, 0
    for at, line in enumerate(lines):
        if at and line.level > least:
            below = below + 1 if line.number else 0
            written.append(f"  {_head(below)}{line.written()}")
            continue
        number = top + 1 if line.number < 0 else line.number
        begins = bool(number) != bool(top) or number == 1
        first = number if begins else first
        if at and (begins or first > 1):
            written.append("")
        written.append(f"{_head(number)}{line.written()}")
        top, below = number, 0
    return "\n".join(written)


def _head(number: int) -> str:
    return f"{number}. " if number else "- "
