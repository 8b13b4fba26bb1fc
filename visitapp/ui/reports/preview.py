"""The pages of the report as pictures, one at a time, with zoom."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from visitapp.domain.text.wording import out_of
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.ui.look.theme import fit
from visitapp.ui.reports.figure_layer import FigureLayer
from visitapp.ui.widgets.buttons import glyph_button
from visitapp.ui.widgets.labels import hairline, label

FIT = 0
"""The zoom that fits the page to the width."""
_STEPS = (50, 75, 100, 125, 150, 200, 300)
_WIDTH_AT_100 = 794
"""The width of A4 at 100% in logical pixels: 210 mm at 96 dots per inch."""
_DESK, _EDGE = 20, 1
_SETTLE_MS = 120
_NEAR = 80
_LEAST = 260


class Preview(QWidget):
    """Shows one page. Page Up and Page Down turn pages, Home and End go to the first and last, plus
    and minus zoom; Left and Right choose a figure, Enter asks what is behind it.

    Signals: `turned` (page, from 0); `wanted` (width in device pixels) when another picture is
    needed; `asked` (FigurePlace) what is behind a figure.
    """

    turned = Signal(int)
    wanted = Signal(int)
    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._page, self._pages, self.zoom = 0, 0, FIT
        self._places: tuple[FigurePlace, ...] = ()
        self._ratio = 1.414
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._make_bar())
        column.addWidget(hairline())
        column.addWidget(self._make_desk(), 1)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self._settle.timeout.connect(self._ask)

    def _make_bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setContentsMargins(10, 6, 10, 6)
        bar.setSpacing(8)
        self.previous = glyph_button(
            "chevron-left", "Previous page", lambda: self.turn(-1), shortcut="Page Up"
        )
        self.place = label("", "body")
        self.next = glyph_button(
            "chevron-right", "Next page", lambda: self.turn(1), shortcut="Page Down"
        )
        self.smaller = glyph_button("zoom-out", "Smaller", lambda: self.zoom_by(-1), shortcut="-")
        self.size_words = label("Fit width", "body")
        self.larger = glyph_button("zoom-in", "Larger", lambda: self.zoom_by(1), shortcut="+")
        for widget in (self.previous, self.place, self.next):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (self.smaller, self.size_words, self.larger):
            bar.addWidget(widget)
        return bar

    def _make_desk(self) -> QWidget:
        self._sheet = QLabel()
        self._sheet.setScaledContents(True)
        self._sheet.setProperty("class", "sheet")
        self.desk = QWidget()
        self.desk.setProperty("surface", "hover")
        self.desk.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.desk.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.desk.setAccessibleName("Page of the report")
        self.desk.installEventFilter(self)
        self.figures = FigureLayer(self._sheet, self.desk)
        self.figures.asked.connect(self.asked)
        self.figures.stepped.connect(self._bring_into_sight)
        around = QVBoxLayout(self.desk)
        around.setContentsMargins(_DESK, _DESK, _DESK, _DESK)
        around.addWidget(self._sheet, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.desk)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        fit(self._scroll, least_width=_LEAST)
        frame = QWidget()
        frame.setProperty("ringAround", True)  # the desk itself may be larger than its visible part
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self._scroll)
        return frame

    # -- showing -------------------------------------------------------------------------

    def show_page(self, page: int, pages: int) -> None:
        """Show another page; its picture follows."""
        if page != self._page:
            self._scroll.verticalScrollBar().setValue(0)
        self._page, self._pages = page, pages
        self._show_figures()
        self.place.setText(f"Page {out_of(page + 1, pages)}" if pages else "")
        self.previous.setEnabled(page > 0)
        self.next.setEnabled(page < pages - 1)
        self._ask()

    def link_figures(self, places: tuple[FigurePlace, ...]) -> None:
        """Let the figures of all pages be chosen."""
        self._places = places
        self._show_figures()

    def _bring_into_sight(self, figure: QRect) -> None:
        centre = self.figures.mapTo(self.desk, figure.center())
        self._scroll.ensureVisible(centre.x(), centre.y(), figure.width() // 2, _NEAR)

    def _show_figures(self) -> None:
        self.figures.show_figures(tuple(p for p in self._places if p.page == self._page))

    def show_picture(self, png: bytes, words: str) -> None:
        """Show the picture of the page, with its text for screen readers."""
        picture = QPixmap()
        picture.loadFromData(png)
        self._ratio = picture.height() / max(picture.width(), 1)
        self._sheet.setPixmap(picture)
        self._fit_sheet()
        name = f"Page {out_of(self._page + 1, self._pages)}"
        self.desk.setAccessibleName(name)
        self.desk.setAccessibleDescription(words)
        self._sheet.setAccessibleName(name)

    def clear(self) -> None:
        """Show nothing."""
        self._sheet.clear()
        self._sheet.setFixedSize(QSize(0, 0))
        self.link_figures(())
        self.show_page(0, 0)

    @property
    def picture(self) -> QPixmap:
        """The current picture."""
        return self._sheet.pixmap()

    def _size(self) -> QSize:
        if self.zoom == FIT:
            width = max(self._scroll.viewport().width() - 2 * (_DESK + _EDGE), 80)
        else:
            width = round(_WIDTH_AT_100 * self.zoom / 100)
        return QSize(width, round(width * self._ratio))

    def _fit_sheet(self) -> None:
        self._sheet.setFixedSize(self._size() + QSize(2 * _EDGE, 2 * _EDGE))
        self.figures.setGeometry(QRect(QPoint(_EDGE, _EDGE), self._size()))

    def _ask(self) -> None:
        if self._pages and self.isVisible():
            self.wanted.emit(round(self._size().width() * self.devicePixelRatioF()))

    # -- turning and zooming -------------------------------------------------------------

    def turn(self, by: int) -> None:
        """Go some pages forward or back."""
        self.turn_to(self._page + by)

    def turn_to(self, page: int) -> None:
        """Go to a page, if it exists."""
        if 0 <= page < self._pages and page != self._page:
            self.turned.emit(page)

    def zoom_by(self, by: int) -> None:
        """Zoom one step in or out; smaller than the width means fit to width."""
        now = self.zoom or round(self._size().width() * 100 / _WIDTH_AT_100)
        larger = [step for step in _STEPS if step > now]
        smaller = [step for step in _STEPS if step < now]
        if by > 0:
            self._set_zoom(larger[0] if larger else _STEPS[-1])
        elif smaller and self.zoom != FIT:
            self._set_zoom(smaller[-1])
        else:
            self._set_zoom(FIT)

    def _set_zoom(self, zoom: int) -> None:
        self.zoom = zoom
        self.size_words.setText(f"{zoom}%" if zoom else "Fit width")
        self._refit()

    def _refit(self) -> None:
        if not self._sheet.pixmap().isNull():
            self._fit_sheet()
        self._settle.start()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Keys on the desk turn pages instead of scrolling."""
        is_key = watched is self.desk and event.type() is QEvent.Type.KeyPress
        return is_key and isinstance(event, QKeyEvent) and self._handle_key(event)

    def _handle_key(self, event: QKeyEvent) -> bool:
        keys: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_PageDown: lambda: self.turn(1),
            Qt.Key.Key_PageUp: lambda: self.turn(-1),
            Qt.Key.Key_Home: lambda: self.turn_to(0),
            Qt.Key.Key_End: lambda: self.turn_to(self._pages - 1),
            Qt.Key.Key_Right: lambda: self.figures.step(1),
            Qt.Key.Key_Left: lambda: self.figures.step(-1),
            Qt.Key.Key_Return: self.figures.open_current,
            Qt.Key.Key_Enter: self.figures.open_current,
            Qt.Key.Key_Plus: lambda: self.zoom_by(1),
            Qt.Key.Key_Equal: lambda: self.zoom_by(1),
            Qt.Key.Key_Minus: lambda: self.zoom_by(-1),
        }
        plain = Qt.KeyboardModifier.NoModifier
        allowed = (plain, Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier)
        act = keys.get(Qt.Key(event.key())) if event.modifiers() in allowed else None
        if act is not None:
            act()
        return act is not None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a picture of the new width."""
        super().resizeEvent(event)
        if self.zoom == FIT:
            self._refit()
