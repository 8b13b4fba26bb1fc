"""The current theme: tokens, palette, type and sizes for the whole application.

Use `theme()` for painting and `fit` to set sizes. The text size scales type, controls, icons and
widths, but not spaces and corners.
"""

from typing import cast

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from visitapp.domain.dataclass import dataclass
from visitapp.ui.look.tokens import DARK, LIGHT, TYPE, Colours

__all__ = ["APPEARANCE", "DARK", "LIGHT", "Theme", "fit", "refit", "theme"]

APPEARANCE = "appearance"
"""The name of the application's child object that holds the current `theme`."""

_FIT = {
    "fitWidth": QWidget.setFixedWidth,
    "fitHeight": QWidget.setFixedHeight,
    "fitLeastWidth": QWidget.setMinimumWidth,
    "fitMostWidth": QWidget.setMaximumWidth,
    "fitLeastHeight": QWidget.setMinimumHeight,
}


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and a text-size factor (1.0 is 100%)."""

    colours: Colours = LIGHT
    factor: float = 1.0

    def px(self, logical: float) -> int:
        """Logical pixels (at 100%) as pixels at this text size."""
        return round(logical * self.factor)

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(getattr(self.colours, token))

    def font(self, style: str = "body", weight: int | None = None) -> QFont:
        """The application's font in a style of `tokens.TYPE`."""
        chosen = TYPE[style]
        font = QFont(QApplication.font())
        font.setPixelSize(self.px(chosen.size))
        font.setWeight(QFont.Weight(weight or chosen.weight))
        return font

    def palette(self) -> QPalette:
        """The palette, for what the stylesheet doesn't reach."""
        role = QPalette.ColorRole
        colours = QPalette()
        for name, token in (
            (role.Window, "canvas"), (role.WindowText, "text"), (role.Base, "panel"),
            (role.AlternateBase, "sunken"), (role.Text, "text"), (role.Button, "panel"),
            (role.ButtonText, "text"), (role.BrightText, "onPrimary"), (role.Highlight, "primary"),
            (role.HighlightedText, "onPrimary"), (role.Link, "link"), (role.LinkVisited, "link"),
            (role.PlaceholderText, "text3"), (role.ToolTipBase, "panel"),
            (role.ToolTipText, "text"), (role.Light, "panel"), (role.Midlight, "line"),
            (role.Mid, "line"), (role.Dark, "edge"), (role.Shadow, "edge"),
            (role.Accent, "primary"),
        ):  # fmt: skip
            colours.setColor(name, self.colour(token))
        for name in (role.WindowText, role.Text, role.ButtonText):
            colours.setColor(QPalette.ColorGroup.Disabled, name, self.colour("text3"))
        return colours


def theme() -> Theme:
    """The current theme; before there is an application, the light one at 100%."""
    if not (_appearance and isValid(_appearance[0])):
        application = QCoreApplication.instance()
        holder = application.findChild(QObject, APPEARANCE) if application is not None else None
        if holder is None:
            return Theme()
        _appearance[:] = [holder]
    return cast("Theme", getattr(_appearance[0], "theme", None) or Theme())


_appearance: list[QObject] = []
"""The object that holds the theme, once it is known: a page asks for sizes hundreds of times."""


def fit(
    widget: QWidget,
    *,
    width: int | None = None,
    height: int | None = None,
    least_width: int | None = None,
    most_width: int | None = None,
    least_height: int | None = None,
) -> None:
    """Set sizes in logical pixels, which follow the text size."""
    arguments = (width, height, least_width, most_width, least_height)
    for name, value in zip(_FIT, arguments, strict=True):
        if value is not None:
            widget.setProperty(name, value)
    refit(widget, theme())


def refit(widget: QWidget, chosen: Theme) -> None:
    """Set the sizes given to `fit` again, for this text size."""
    for name, set_size in _FIT.items():
        logical = widget.property(name)
        if logical is not None:
            set_size(widget, chosen.px(logical))
