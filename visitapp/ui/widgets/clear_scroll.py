"""What scrolls and keeps the ground that it lies on."""

from PySide6.QtWidgets import QScrollArea, QWidget


class ClearScroll(QScrollArea):
    """As wide as there is room; neither it nor what it holds paints a ground.

    Its viewport is made here: asked for Qt's own, PySide makes every class of widget known
    first, and the first page waits for that.
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
        """Scroll this; what was there before goes."""
        super().setWidget(widget)
        widget.setAutoFillBackground(False)  # Qt has just given it a ground
