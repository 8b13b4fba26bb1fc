"""Lucide icons in the colours of the theme, drawn for the screen's resolution and cached."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from visitapp.paths import resources_folder
from visitapp.ui.look.theme import Theme, theme

_GAP = 4
"""Fusion leaves 4 pixels between icon and text, and the design wants 8; the icon adds the rest."""


def icon(name: str, size: int = 18, tone: str = "text") -> QIcon:
    """An icon of `size` logical pixels in a colour token of the current theme."""
    return _icon(name, size, tone, theme(), 0)


def pixmap(name: str, size: int = 18, tone: str = "text") -> QPixmap:
    """The same as a pixmap, for painting."""
    chosen = theme()
    return _drawn(name, chosen.px(size), getattr(chosen.colours, tone), _ratio(), 0)


def set_icon(widget: QWidget, name: str, size: int = 18, tone: str = "text") -> None:
    """Set an icon of a button or label that follows the theme and the text size."""
    widget.setProperty("iconName", name)
    widget.setProperty("iconLogical", size)
    widget.setProperty("iconTone", tone)
    redraw(widget, theme())


def redraw(widget: QWidget, chosen: Theme) -> None:
    """Draw the icon that `set_icon` set, if any, in another theme."""
    name, size = widget.property("iconName"), widget.property("iconLogical")
    tone = widget.property("iconTone")
    if not name:
        return
    if isinstance(widget, QLabel):
        colour = getattr(chosen.colours, tone)
        widget.setPixmap(_drawn(name, chosen.px(size), colour, _ratio(), 0))
    elif isinstance(widget, QAbstractButton):
        gap = _GAP if widget.text() else 0
        widget.setIcon(_icon(name, size, tone, chosen, gap))
        widget.setIconSize(QSize(chosen.px(size) + gap, chosen.px(size)))
    elif isinstance(widget, QLineEdit):
        for action in widget.actions():
            action.setIcon(_icon(name, size, tone, chosen, 0))


def forget() -> None:
    """Clear the cache, before the application ends."""
    _drawn.cache_clear()


def _icon(name: str, size: int, tone: str, chosen: Theme, gap: int) -> QIcon:
    colours, pixels, ratio = chosen.colours, chosen.px(size), _ratio()
    icon = QIcon(_drawn(name, pixels, getattr(colours, tone), ratio, gap))
    unavailable = _drawn(name, pixels, colours.onGreySoft, ratio, gap)
    icon.addPixmap(unavailable, QIcon.Mode.Disabled)
    return icon


def _ratio() -> float:
    application = QGuiApplication.instance()
    return application.devicePixelRatio() if isinstance(application, QGuiApplication) else 1.0


@lru_cache(maxsize=512)
def _drawn(name: str, size: int, colour: str, ratio: float, gap: int) -> QPixmap:
    drawn = QPixmap(round((size + gap) * ratio), round(size * ratio))
    drawn.setDevicePixelRatio(ratio)
    drawn.fill(Qt.GlobalColor.transparent)
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", colour).encode()))
    painter = QPainter(drawn)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return drawn


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (resources_folder() / "icons" / f"{name}.svg").read_text(encoding="utf-8")
