"""Where the window stands: as it was left, but always on a screen that is there.

Sizes are in Qt's own pixels: a screen of 1366x768 at 150% has 911x512 of them.
"""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from visitapp.settings import Settings

LEAST = QSize(900, 560)
USUAL = QSize(1366, 720)
"""Until somebody moves it: all of a small laptop's screen but the taskbar."""

_TITLE = QMargins(0, 38, 0, 0)
"""Room for a title bar, whose height isn't known before the window is shown."""
_SEEN = 80
"""So much of a remembered place must be on a screen, across and down, to be found again."""


def put(window: QMainWindow, settings: Settings) -> None:
    """Where it stood last, or in its usual size; never larger than the screen."""
    remembered = QRect(*settings.window) if settings.window else None
    screen = _screen_of(remembered)
    room = _room(screen)
    window.setMinimumSize(LEAST.boundedTo(room.size()))
    if remembered is None:
        window.resize(USUAL.boundedTo(room.size()))
    else:
        fits = screen.availableGeometry().contains(remembered)
        window.setGeometry(remembered if fits else within(remembered, room))
    if settings.window_maximised:
        window.setWindowState(Qt.WindowState.WindowMaximized)


def within(wanted: QRect, room: QRect) -> QRect:
    """As much as there is room for, moved so that all of it is in there."""
    size = wanted.size().boundedTo(room.size())
    left = max(room.left(), min(wanted.left(), room.right() + 1 - size.width()))
    top = max(room.top(), min(wanted.top(), room.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _room(screen: QScreen) -> QRect:
    return screen.availableGeometry().marginsRemoved(_TITLE)


def _screen_of(place: QRect | None) -> QScreen:
    """The screen that holds most of a place; the first one where none does."""
    first = QGuiApplication.primaryScreen()
    if place is None:
        return first

    def shared(screen: QScreen) -> int:
        both = screen.availableGeometry().intersected(place)
        enough = both.width() >= _SEEN and both.height() >= _SEEN
        return both.width() * both.height() if enough else 0

    return max((first, *QGuiApplication.screens()), key=shared)
