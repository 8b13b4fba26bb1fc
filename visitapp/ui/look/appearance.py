"""Applies the theme to the application, again whenever a preference or the system changes."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.paths import resources_folder
from visitapp.settings import MOST_TEXT
from visitapp.ui.look import icons
from visitapp.ui.look.focus_ring import FocusRing
from visitapp.ui.look.house_style import HouseStyle
from visitapp.ui.look.stylesheet import stylesheet
from visitapp.ui.look.theme import APPEARANCE, Theme, refit
from visitapp.ui.look.tokens import DARK, HIGH_DARK, HIGH_LIGHT, LIGHT, TYPE

_FAMILY = "Inter"
_FACES = ("Inter-Regular.otf", "Inter-Medium.otf", "Inter-SemiBold.otf", "Inter-Bold.otf")


class Appearance(QObject):
    """Holds the current `theme`. Light and dark follow the system unless the user chose one; high
    contrast always follows the system.

    Signals: `changed` after the theme changed.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, choice: str = "system", percent: int = 100
    ) -> None:
        super().__init__(application)
        self.setObjectName(APPEARANCE)
        self._application = application
        self._choice, self._percent = choice, percent
        self.theme = Theme()
        application.setStyle(HouseStyle())
        _load_faces(application)
        self._hints = application.styleHints()  # keeps `accessibility()` alive
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._asked = self._hints.accessibility()
        self._asked.contrastPreferenceChanged.connect(self._on_system_changed)
        application.aboutToQuit.connect(icons.forget)
        self._ring = FocusRing(application)
        self._apply()

    def choose(self, choice: str, percent: int) -> None:
        """Set the theme (`system`, `light`, `dark`) and the text size in per cent."""
        if (choice, percent) != (self._choice, self._percent):
            self._choice, self._percent = choice, percent
            self._apply()

    def _on_system_changed(self) -> None:
        self._apply()

    def _asks_for_contrast(self) -> bool:
        return self._asked.contrastPreference() is Qt.ContrastPreference.HighContrast

    def _wanted(self) -> Theme:
        system_is_dark = self._hints.colorScheme() is Qt.ColorScheme.Dark
        dark = self._choice == "dark" or (self._choice == "system" and system_is_dark)
        usual, high = (DARK, HIGH_DARK) if dark else (LIGHT, HIGH_LIGHT)
        return Theme(high if self._asks_for_contrast() else usual, self._percent / 100)

    def _apply(self) -> None:
        wanted = self._wanted()
        if wanted == self.theme and self._application.styleSheet():
            return
        self.theme = wanted
        font = QFont(self._application.font())
        font.setPixelSize(wanted.px(TYPE["body"].size))
        self._application.setFont(font)
        self._application.setPalette(wanted.palette())
        for widget in self._application.allWidgets():
            refit(widget, wanted)
            icons.redraw(widget, wanted)
        if self._application.styleSheet():
            # Replacing a stylesheet styles each widget once for itself and once for each of its
            # parents. Removing it first and setting the new one styles each only twice.
            self._application.setStyleSheet("")
        self._application.setStyleSheet(stylesheet(wanted.colours, wanted.factor))
        _measure_again(self._application.allWidgets())
        self.changed.emit()


_USUAL_POINTS = {"win32": 9.0, "darwin": 13.0}
_LINUX_POINTS, _LINUX_DOTS = 11.0, 96.0
_TEXT_STEP = 10


def system_percent(font: QFont, dots_per_inch: float, platform: str = sys.platform) -> int:
    """The text size in per cent that matches the system's `font`, never below ours, in steps of
    ten. On Linux the dots per inch may also set the size of text; elsewhere they scale the whole
    screen."""
    if font.pointSizeF() <= 0:
        return 100
    share = font.pointSizeF() / _USUAL_POINTS.get(platform, _LINUX_POINTS)
    if platform not in _USUAL_POINTS:
        share *= dots_per_inch / _LINUX_DOTS
    percent = round(100 * share / _TEXT_STEP) * _TEXT_STEP
    return max(100, min(MOST_TEXT, percent))


def _measure_again(widgets: Sequence[QWidget]) -> None:
    """Send the style change again to our widgets that measure their children, children first: the
    first time, the children may not have been styled yet."""
    for widget in sorted(filter(_measures, widgets), key=_depth, reverse=True):
        QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _measures(widget: QWidget) -> bool:
    return any(
        name in vars(kind)
        for kind in type(widget).__mro__
        if kind.__module__.startswith("visitapp.")
        for name in ("changeEvent", "event")
    )


def _depth(widget: QWidget) -> int:
    depth, at = 0, widget.parentWidget()
    while at is not None:
        depth, at = depth + 1, at.parentWidget()
    return depth


def _load_faces(application: QApplication) -> None:
    if _FAMILY not in QFontDatabase.families():
        folder = resources_folder() / "fonts" / "interface"
        for face in _FACES:
            QFontDatabase.addApplicationFont(str(folder / face))
    font = QFont(application.font())
    font.setFamilies([_FAMILY, *font.families()])
    for feature in ("tnum", "cv05"):  # tabular figures, an l with a tail
        font.setFeature(QFont.Tag(feature), 1)
    application.setFont(font)
