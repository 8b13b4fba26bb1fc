"""The position and size of the window: as last time, but always on an existing screen.

Sizes are in Qt's device-independent pixels: a screen of 1366x768 at 150% is 911x512.
"""

from PySide6.QtCore import QMargins, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from visitapp.settings import Settings

LEAST = QSize(900, 560)
USUAL = QSize(1366, 720)
"""The first size: the whole screen of a small laptop without its taskbar."""

_TITLE = QMargins(0, 38, 0, 0)
"""Room for a title bar, whose height isn't known before the window is shown."""
_SEEN = 80
"""How many pixels of a remembered place must be on a screen, across and down, for it to be used."""


def put(window: QMainWindow, settings: Settings) -> None:
    """Place the window as last time, or in its first size, never larger than the screen."""
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
    """The rectangle shrunk and moved to fit into `room`."""
    size = wanted.size().boundedTo(room.size())
    left = max(room.left(), min(wanted.left(), room.right() + 1 - size.width()))
    top = max(room.top(), min(wanted.top(), room.bottom() + 1 - size.height()))
    return QRect(left, top, size.width(), size.height())


def _room(screen: QScreen) -> QRect:
    return screen.availableGeometry().marginsRemoved(_TITLE)


def _screen_of(place: QRect | None) -> QScreen:
    """The screen with the largest part of a place; the first screen if none has any."""
    first = QGuiApplication.primaryScreen()
    if place is None:
        return first

    def shared(screen: QScreen) -> int:
        both = screen.availableGeometry().intersected(place)
        enough = both.width() >= _SEEN and both.height() >= _SEEN
        return both.width() * both.height() if enough else 0

    return max((first, *QGuiApplication.screens()), key=shared)
