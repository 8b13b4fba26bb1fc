"""The accessible description of a field: its error, what the privacy guard says, its hint.

Each comes and goes by itself. A screen reader hears the most urgent.
"""

from PySide6.QtWidgets import QWidget

WRONG, PRIVACY, HINT, EXAMPLE = "wrong", "privacy", "hint", "example"


def describe(widget: QWidget, part: str, words: str) -> None:
    """Set one part of a field's description; empty removes it."""
    if widget.property(_name(HINT)) is None:
        widget.setProperty(_name(HINT), widget.accessibleDescription())
    widget.setProperty(_name(part), words)
    pressing = _words(widget, WRONG) or _words(widget, PRIVACY)
    widget.setAccessibleDescription(pressing or _hint(widget))


def _hint(widget: QWidget) -> str:
    hint, example = _words(widget, HINT), _words(widget, EXAMPLE)
    if hint and example:
        return f"{hint} {example}" if hint[-1] in ".?!" else f"{hint}. {example}"
    return hint or example


def _words(widget: QWidget, part: str) -> str:
    return str(widget.property(_name(part)) or "")


def _name(part: str) -> str:
    return f"described_{part}"


def innermost(field: QWidget) -> QWidget:
    """The widget inside a compound field that takes the cursor."""
    while (proxy := field.focusProxy()) is not None:
        field = proxy
    return field
