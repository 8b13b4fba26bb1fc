"""HTML from nested calls; every text is escaped."""

from html import escape

from visitapp.reporting.plain_text import plain_text

_VOID = frozenset({"br", "img", "link", "meta"})
"""Elements that have no content and no end tag."""


class Markup(str):
    """A piece of finished HTML."""

    __slots__ = ()


def element(name: str, /, *content: str, **attributes: str | int) -> Markup:
    """An element. Content that is no `Markup` is text and is escaped; an attribute that is empty
    is left out, and `_` in its name stands for a hyphen (`class_` for `class`)."""
    opening = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped(str(value))}"'
        for key, value in attributes.items()
        if value != ""
    )
    if name in _VOID:
        return Markup(f"<{name}{opening}>")
    return Markup(f"<{name}{opening}>{together(*content)}</{name}>")


def together(*content: str) -> Markup:
    """Pieces and texts one after the other."""
    return Markup("".join(part if isinstance(part, Markup) else _escaped(part) for part in content))


def on_lines(*content: str) -> Markup:
    """The same, each on a line of its own."""
    return Markup("\n" + "\n".join(together(part) for part in content) + "\n")


def _escaped(text: str) -> str:
    return escape(plain_text(text))
