"""Making selected words of a text bold, and its lines a list: the text after it, and where the
selection is then."""

import re

from visitapp.domain.text.bold_words import MARK, with_marks

Marked = tuple[str, int, int]
"""The text, and from where to where (excluded) it is selected."""

HEAD = re.compile(r"[ \t]*(?:[-\u2013\u2022*][ \t]+|\d{1,2}[.)][ \t]+)")
"""How an item begins."""
_LONG = len(MARK)


def in_bold(text: str, start: int, end: int) -> Marked:
    """Make the selected words bold, or plain again if they are; without a selection, the word at
    the cursor. Of several lines each is marked by itself."""
    start, end = _whole_words(text, start, end)
    lines = text[start:end].split("\n")
    inner = [_bare(line).strip() for line in lines]
    if not any(inner):
        return text, start, end
    if len(lines) == 1 and _is_marked_around(text, start, end):
        plain = text[: start - _LONG] + text[start:end] + text[end + _LONG :]
        return plain, start - _LONG, end - _LONG
    is_bold = all(_is_marked(words) for words in inner if words)
    changed = [
        _with_end(line, words, words.replace(MARK, "") if is_bold else _in_marks(words))
        for line, words in zip(lines, inner, strict=True)
    ]
    new = "\n".join(changed)
    return text[:start] + new + text[end:], start, start + len(new)


def in_a_list(text: str, start: int, end: int) -> Marked:
    """Make the selected lines, or that of the cursor, a list with dashes; one with dashes numbered;
    a numbered one plain."""
    if start < end and text[end - 1] == "\n":
        end -= 1  # a selection to the beginning of a line is without that line
    start = text.rfind("\n", 0, start) + 1
    after = text.find("\n", end)
    end = len(text) if after < 0 else after
    lines = text[start:end].split("\n")
    heads = [begun[0].strip() if (begun := HEAD.match(line)) else "" for line in lines]
    bare = [_bare(line) for line in lines]
    if not all(heads):
        changed = [f"- {line}" for line in bare]
    elif any(head[0].isdecimal() for head in heads):
        changed = bare
    else:
        changed = [f"{number}. {line}" for number, line in enumerate(bare, 1)]
    new = "\n".join(changed)
    return text[:start] + new + text[end:], start, start + len(new)


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The selection from the beginning of its first word to the end of its last."""
    while start > 0 and _is_letter(text, start - 1) and (start == end or _is_letter(text, start)):
        start -= 1
    while end < len(text) and _is_letter(text, end) and (start == end or _is_letter(text, end - 1)):
        end += 1
    return start, end


def _is_letter(text: str, at: int) -> bool:
    return at < len(text) and (text[at].isalnum() or text[at] == "_")


def _bare(line: str) -> str:
    """A line without the dash or number of an item."""
    begun = HEAD.match(line)
    return line[begun.end() :] if begun else line


def _is_marked(words: str) -> bool:
    return len(words) > 2 * _LONG and words.startswith(MARK) and words.endswith(MARK)


def _is_marked_around(text: str, start: int, end: int) -> bool:
    return start >= _LONG and text[start - _LONG : start] == MARK == text[end : end + _LONG]


def _in_marks(words: str) -> str:
    return with_marks([(words.replace(MARK, ""), True)])


def _with_end(line: str, old: str, new: str) -> str:
    """The line with its last words changed; its head may be the same ones."""
    at = line.rindex(old)
    return line[:at] + new + line[at + len(old) :]
