"""Sentences that a screen reader speaks at once, wherever its cursor is."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_MOST_PROBLEMS = 2


def announce(widget: QWidget, sentence: str, *, at_once: bool = False) -> None:
    """Ask the screen reader to speak a sentence; `at_once` interrupts what it is saying."""
    if sentence:
        send(widget, sentence, at_once)


def announce_problem(widget: QWidget, sentence: str) -> None:
    """Announce something that needs correcting. Opening a report may raise many problems at once:
    then only their number is spoken."""
    if not sentence:
        return
    if not _problems:
        QTimer.singleShot(0, _announce_problems)
    _problems.append((widget, sentence))


def send(widget: QWidget, sentence: str, at_once: bool) -> None:
    """Pass a sentence to the screen reader, if one is running."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


_problems: list[tuple[QWidget, str]] = []


def _announce_problems() -> None:
    sentences = {
        sentence: widget for widget, sentence in _problems if isValid(widget) and widget.isVisible()
    }
    _problems.clear()
    if not sentences:
        return
    widget = next(iter(sentences.values()))
    many = len(sentences) > _MOST_PROBLEMS
    words = f"{len(sentences)} answers are to be put right." if many else " ".join(sentences)
    announce(widget, words, at_once=True)
