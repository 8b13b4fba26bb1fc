"""What a screen reader speaks by itself, wherever its cursor is."""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_MOST_PROBLEMS = 2


def announce(widget: QWidget, sentence: str, *, at_once: bool = False) -> None:
    """Have a sentence spoken by a screen reader; `at_once` breaks off what is spoken."""
    if sentence:
        send(widget, sentence, at_once)


def announce_problem(widget: QWidget, sentence: str) -> None:
    """Say what is to be put right. A report that is opened may tell of many things in one moment:
    then it is said how many they are."""
    if not sentence:
        return
    if not _problems:
        QTimer.singleShot(0, _tell_problems)
    _problems.append((widget, sentence))


def send(widget: QWidget, sentence: str, at_once: bool) -> None:
    """Hand a sentence to the screen reader, where there is one."""
    if not QAccessible.isActive():
        return
    event = QAccessibleAnnouncementEvent(widget, sentence)
    if at_once:
        event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
    QAccessible.updateAccessibility(event)


_problems: list[tuple[QWidget, str]] = []


def _tell_problems() -> None:
    told = {said: widget for widget, said in _problems if isValid(widget) and widget.isVisible()}
    _problems.clear()
    if not told:
        return
    widget = next(iter(told.values()))
    many = len(told) > _MOST_PROBLEMS
    words = f"{len(told)} answers are to be put right." if many else " ".join(told)
    announce(widget, words, at_once=True)
