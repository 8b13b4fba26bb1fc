"""What belongs to a field beside its name: what is wrong, what the privacy guard says, its hint.

A reader hears the most pressing of them. They come and go apart from each other.
"""

from PySide6.QtWidgets import QWidget

WRONG, PRIVACY, HINT, EXAMPLE = "wrong", "privacy", "hint", "example"


def describe(widget: QWidget, part: str, words: str) -> None:
    """Say one part of what belongs to a field; empty takes it away."""
    if widget.property(_name(HINT)) is None:
        widget.setProperty(_name(HINT), widget.accessibleDescription())
    widget.setProperty(_name(part), words)
    pressing = _said(widget, WRONG) or _said(widget, PRIVACY)
    widget.setAccessibleDescription(pressing or _hint(widget))


def _hint(widget: QWidget) -> str:
    hint, example = _said(widget, HINT), _said(widget, EXAMPLE)
    if hint and example:
        return f"{hint} {example}" if hint[-1] in ".?!" else f"{hint}. {example}"
    return hint or example


def _said(widget: QWidget, part: str) -> str:
    return str(widget.property(_name(part)) or "")


def _name(part: str) -> str:
    return f"described_{part}"


def innermost(field: QWidget) -> QWidget:
    """What of a field made of several widgets has the cursor."""
    while (proxy := field.focusProxy()) is not None:
        field = proxy
    return field
