"""A scroll area with a transparent background."""

from PySide6.QtWidgets import QScrollArea, QWidget


class ClearScroll(QScrollArea):
    """Fills the width; neither it nor its content paints a background.

    The viewport is made here: asking for Qt's own makes PySide load every widget class, which would
    delay the first page.
    """

    def __init__(self, inner: QWidget | None = None) -> None:
        super().__init__()
        viewport = QWidget()
        viewport.setAutoFillBackground(False)
        self.setViewport(viewport)
        self.setWidgetResizable(True)
        if inner is not None:
            self.setWidget(inner)

    def setWidget(self, widget: QWidget) -> None:
        """Scroll this widget instead of the one before."""
        super().setWidget(widget)
        widget.setAutoFillBackground(False)  # setWidget has just turned it on
