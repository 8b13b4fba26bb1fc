"""Makes texts safe to show: a mark replaces characters that are invisible, reverse the text or
control a terminal. The records themselves keep the text as it is."""

import re

MARK = "\ufffd"
"""Shown instead of a character that can't be shown."""

_LONGEST_FILE_NAME = 80
_FORMULAS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "|", "%")
_UNSHOWABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; terminals act on some of them
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"  # direction of writing
    "\u200b\u2028\u2029\u2060-\u2065\ufeff\ufff9-\ufffb\ufffe\uffff"  # invisible
    "\ud800-\udfff"  # bytes in a file's name that aren't UTF-8
    "\U000e0000-\U000e007f]"  # tags
)


def shown(text: str) -> str:
    """A text with a mark for each character that can't be seen or that changes how others look.
    Line ends and tabs stay."""
    return _UNSHOWABLE.sub(MARK, text.replace("\r\n", "\n"))


def shown_on_a_line(text: str) -> str:
    """The same on one line: a line end becomes a mark as well."""
    return shown(text).replace("\n", MARK).replace("\t", MARK)


def escaped(json_text: str) -> str:
    """JSON with the same data, escaped so that a terminal shows it."""
    return _UNSHOWABLE.sub(_spelt, json_text)


def in_a_file_name(text: str, otherwise: str) -> str:
    """A text as part of a file name on every system: letters, digits, and hyphens for everything
    else; `otherwise` if nothing is left."""
    return re.sub(r"[^\w]+|_+", "-", text).strip("-")[:_LONGEST_FILE_NAME].rstrip("-") or otherwise


def harmless_in_a_sheet(text: str) -> str:
    """A text in which everything is visible and that no spreadsheet program takes for a formula
    when it opens a CSV file: it begins with an apostrophe then, one more than it had."""
    plain = shown(text)
    return f"'{plain}" if _is_formula(plain) else plain


def before_made_harmless(text: str) -> str:
    """The text of which `harmless_in_a_sheet` made this."""
    return text[1:] if text.startswith("'") and _is_formula(text) else text


def _is_formula(text: str) -> bool:
    bare = text.lstrip("'")
    return bare.startswith("\t") or bare.lstrip().startswith(_FORMULAS)


def _spelt(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at] << 8 | units[at + 1]:04x}" for at in range(0, len(units), 2))
