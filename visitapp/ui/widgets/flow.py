"""A row that wraps where there is no room: filters, tags, buttons.

It is a widget that places its children itself. A QLayout written in Python would have to return
None from `itemAt`, and PySide 6.12 with Python 3.11 decrements the reference count of that None
until the process ends.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FlowRow(QWidget):
    """Places widgets from left to right and line by line, each at its preferred size."""

    def __init__(self, *widgets: QWidget, gap: int = 10, down: int | None = None) -> None:
        """`gap` is in pixels between widgets, and between lines too unless `down` is given."""
        super().__init__()
        self._gap = gap
        self._down = gap if down is None else down
        self._flow: list[QWidget] = []
        self._at_right: list[QWidget] = []
        self._is_stretched = False
        self._heights: dict[int, int] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget, at: int | None = None) -> None:
        """Add a widget at the end, or at position `at`."""
        hidden = widget.testAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide) and (
            widget.isHidden()
        )
        widget.setParent(self)
        self._flow.insert(len(self._flow) if at is None else at, widget)
        if self._is_stretched:
            self._at_right.append(widget)
        widget.setVisible(not hidden)
        self.updateGeometry()

    def add_stretch(self) -> None:
        """Widgets added from now on go to the right end of their line."""
        self._is_stretched = True

    def take(self, widget: QWidget) -> None:
        """Remove one widget from the row."""
        self._flow.remove(widget)
        if widget in self._at_right:
            self._at_right.remove(widget)
        self.updateGeometry()

    def clear(self) -> None:
        """Remove and delete every widget."""
        self._at_right, self._is_stretched = [], False
        for widget in self._flow:
            widget.hide()
            widget.deleteLater()
        self._flow.clear()
        self.updateGeometry()

    def widgets(self) -> tuple[QWidget, ...]:
        """The widgets in the row."""
        return tuple(self._flow)

    def hasHeightForWidth(self) -> bool:
        """Narrower means higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width, kept until a child says that it changed: layouts ask
        dozens of times. A row out of sight isn't told of changes."""
        if not self.isVisible():
            return self._lay(width, move=False)
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._lay(width, move=False)
        return height

    def updateGeometry(self) -> None:
        """Have the parent ask for sizes again."""
        self._heights.clear()
        super().updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        """Fonts and sizes may be others."""
        self._heights.clear()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight it isn't told of changes."""
        self._heights.clear()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """The size with everything on one line."""
        sizes = [_size(widget) for widget in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the widest widget; text that wraps may take several lines."""
        sizes = [
            widget.minimumSizeHint() if _wraps(widget) else _size(widget)
            for widget in self._shown()
        ]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap again at the new width."""
        super().resizeEvent(event)
        self._lay(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """Wrap again when a child changes size, is added or removed."""
        if event.type() is QEvent.Type.LayoutRequest:
            self.updateGeometry()
            self._lay(self.width(), move=True)
        return super().event(event)

    def _shown(self) -> list[QWidget]:
        return [widget for widget in self._flow if not widget.isHidden()]

    def _lay(self, width: int, *, move: bool) -> int:
        y = 0
        for line in self._lines(width):
            height = max(size.height() for _, size in line)
            if move:
                self._place(line, y, width, height)
            y += height + self._down
        return max(0, y - self._down)

    def _lines(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        lines: list[list[tuple[QWidget, QSize]]] = []
        x = 0
        for widget in self._shown():
            size = _size(widget)
            if size.width() > width:
                size.setWidth(max(width, widget.minimumSizeHint().width()))
            if widget.hasHeightForWidth():
                size.setHeight(max(size.height(), widget.heightForWidth(size.width())))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((widget, size))
            x += size.width() + self._gap
        return lines

    def _place(self, line: list[tuple[QWidget, QSize]], y: int, width: int, height: int) -> None:
        """Place the widgets of one line, each centred in its height."""
        spare = width - sum(size.width() + self._gap for _, size in line) + self._gap
        x = 0
        for widget, size in line:
            if widget in self._at_right:
                x, spare = x + max(0, spare), 0
            at = QPoint(x, y + (height - size.height()) // 2)
            widget.setGeometry(QRect(at, size))
            x += size.width() + self._gap


def _wraps(widget: QWidget) -> bool:
    return isinstance(widget, QLabel) and widget.wordWrap()


def _size(widget: QWidget) -> QSize:
    wanted = widget.sizeHint().expandedTo(widget.minimumSizeHint())
    if isinstance(widget, QLabel) and widget.wordWrap():  # its own size hint is about a square
        line = widget.fontMetrics().horizontalAdvance(widget.text()) + 4
        wanted = QSize(line, widget.heightForWidth(line))
    return wanted.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
