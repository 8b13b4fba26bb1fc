"""Panels, and two columns that stack when there is no room."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, BETWEEN_DOWN, INSET, SIDE_PANELS_BELOW
from visitapp.ui.widgets.arranging import turn
from visitapp.ui.widgets.labels import hairline, label


class Panel(QFrame):
    """A white box with a thin border. The head has `title`, a second line, and perhaps a link."""

    def __init__(self, title: str = "", note: str = "", *, flush: bool = False) -> None:
        super().__init__()
        self.setProperty("class", "panel")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self._title = label(title, "h2")
        self._note = label(note, "second", "text2", wrap=True)
        self.head = QHBoxLayout()
        self.head.setContentsMargins(INSET, 10, INSET, 10)
        self.head.setSpacing(10)
        self.head.addWidget(self._title)
        self.head.addWidget(self._note, 1)
        if title:
            self.setAccessibleName(title)
            outer.addLayout(self.head)
            if flush:
                outer.addWidget(hairline())
        else:
            self._title.hide()
            self._note.hide()
        self.body = QVBoxLayout()
        top = 0 if title or flush else INSET
        side = 0 if flush else INSET
        self.body.setContentsMargins(side, top, side, side)
        self.body.setSpacing(0 if flush else BETWEEN_DOWN)
        outer.addLayout(self.body, 1)

    def set_title(self, title: str, note: str = "") -> None:
        """Change the text of the head."""
        self._title.setText(title)
        self._note.setText(note)
        self.setAccessibleName(title)


class Columns(QWidget):
    """A main column and a side column, which goes below in a narrow window or at large text."""

    def __init__(
        self,
        main: QWidget,
        side: QWidget,
        *,
        side_width: int = 300,
        least_main: int = 560,
        is_side_full: bool = False,
    ) -> None:
        """`is_side_full`: the side column is as high as the main one, and scrolls by itself."""
        super().__init__()
        self._main, self._side = main, side
        self._side_width, self._least_main = side_width, least_main
        self._least_inside = 0
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(main, 1)
        self._layout.addWidget(side)
        if not is_side_full:
            self._layout.setAlignment(side, Qt.AlignmentFlag.AlignTop)
        self._arrange()

    @property
    def is_stacked(self) -> bool:
        """Whether the side column is below."""
        return self._layout.direction() is QBoxLayout.Direction.TopToBottom

    def set_main_width(self, pixels: int) -> None:
        """Set the least width of the main column beside the other; stacked, it may be narrower."""
        self._least_inside = pixels
        self._arrange()

    def _arrange(self) -> None:
        chosen = theme()
        inside = max(self._least_inside, self._main.minimumSizeHint().width())
        least_main = max(chosen.px(self._least_main), inside)
        room = chosen.px(self._side_width) + least_main + BETWEEN_ACROSS
        stacked = chosen.factor >= SIDE_PANELS_BELOW or self.width() < room
        turn(self._layout, below=stacked, spacing=BETWEEN_DOWN if stacked else BETWEEN_ACROSS)
        if stacked or self._main.isHidden():  # alone, it may use the whole width
            self._side.setMinimumWidth(0)
            self._side.setMaximumWidth(16_777_215)
        else:
            self._side.setFixedWidth(chosen.px(self._side_width))

    def minimumSizeHint(self) -> QSize:
        """The width of the main column, so that a narrow page can stack the two."""
        return QSize(self._main.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Check whether two columns fit."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Check again when the text size or the content changes."""
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutRequest, QEvent.Type.Show):
            self._arrange()
        return super().event(event)
