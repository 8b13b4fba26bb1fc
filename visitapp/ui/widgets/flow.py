"""A row that goes on in the next line where there is no room: filters, tags, buttons.

A widget that places its children itself. A QLayout written in Python would have to answer
`itemAt` with None, which PySide 6.12 under Python 3.11 counts down until the process ends.
"""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget


class FlowRow(QWidget):
    """Places widgets from left to right, line by line, each at the size it asks for."""

    def __init__(self, *widgets: QWidget, gap: int = 10, down: int | None = None) -> None:
        """`gap` between widgets, and between lines unless `down` says else."""
        super().__init__()
        self._gap = gap
        self._down = gap if down is None else down
        self._flow: list[QWidget] = []
        self._at_right: list[QWidget] = []
        self._is_stretched = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            self.add(widget)

    def add(self, widget: QWidget, at: int | None = None) -> None:
        """Add a widget at the end, or before the one that is at a place now."""
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
        """What is added from now on ends at the right, where its line has room to spare."""
        self._is_stretched = True

    def take(self, widget: QWidget) -> None:
        """Take one widget out of the row."""
        self._flow.remove(widget)
        if widget in self._at_right:
            self._at_right.remove(widget)
        self.updateGeometry()

    def clear(self) -> None:
        """Take every widget away."""
        self._at_right, self._is_stretched = [], False
        for widget in self._flow:
            widget.hide()
            widget.deleteLater()
        self._flow.clear()
        self.updateGeometry()

    def widgets(self) -> tuple[QWidget, ...]:
        """Those in the row."""
        return tuple(self._flow)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all lines at a width."""
        return self._lay(width, move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [_size(widget) for widget in self._shown()]
        width = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        """Room for the widest widget; text that wraps needs no line of its own."""
        sizes = [
            widget.minimumSizeHint() if _wraps(widget) else _size(widget)
            for widget in self._shown()
        ]
        return QSize(
            max((size.width() for size in sizes), default=0),
            max((size.height() for size in sizes), default=0),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._lay(self.width(), move=True)

    def event(self, event: QEvent) -> bool:
        """A child asks for another size, comes or goes."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._lay(self.width(), move=True)
            self.updateGeometry()
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
            size.setWidth(min(size.width(), max(width, widget.minimumSizeHint().width())))
            if widget.hasHeightForWidth():
                size.setHeight(max(size.height(), widget.heightForWidth(size.width())))
            if not lines or x + size.width() > width:
                lines.append([])
                x = 0
            lines[-1].append((widget, size))
            x += size.width() + self._gap
        return lines

    def _place(self, line: list[tuple[QWidget, QSize]], y: int, width: int, height: int) -> None:
        """Widgets of one line, each in the middle of its height."""
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
    if isinstance(widget, QLabel) and widget.wordWrap():  # else it asks for a square
        line = widget.fontMetrics().horizontalAdvance(widget.text()) + 4
        wanted = QSize(line, widget.heightForWidth(line))
    return wanted.expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
