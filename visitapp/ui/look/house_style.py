"""The Fusion style with our own check boxes and radio buttons: Fusion's are too pale, and too small
for large text."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QProxyStyle, QStyle, QStyleOption, QWidget

from visitapp.ui.look.theme import theme

_BOXES = frozenset(
    (
        QStyle.PrimitiveElement.PE_IndicatorCheckBox,
        QStyle.PrimitiveElement.PE_IndicatorItemViewItemCheck,
    )
)
_ROUND = QStyle.PrimitiveElement.PE_IndicatorRadioButton


class HouseStyle(QProxyStyle):
    """The style under the stylesheet."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw our own marks, and leave the rest to Fusion."""
        if element in _BOXES or element is _ROUND:
            _draw_mark(option, painter, is_round=element is _ROUND)
        else:
            super().drawPrimitive(element, option, painter, widget)


def _draw_mark(option: QStyleOption, painter: QPainter, *, is_round: bool) -> None:
    chosen, states = theme(), QStyle.StateFlag
    on = bool(option.state & states.State_On)
    some = bool(option.state & states.State_NoChange)
    can = bool(option.state & states.State_Enabled)
    side = min(option.rect.width(), option.rect.height()) - 2
    box = QRectF(0, 0, side, side)
    box.moveCenter(QRectF(option.rect).center())
    edge, fill = ("primary" if on or some else "edge"), "panel"
    if on and not is_round:
        fill = "primary"
    if not can:
        edge, fill = "onGreySoft", "greySoft"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(chosen.colour(edge), 2 if on or is_round else 1.5))
    painter.setBrush(chosen.colour(fill))
    radius = side / 2 if is_round else 4
    painter.drawRoundedRect(box, radius, radius)
    mark = chosen.colour("onGreySoft" if not can else "primary" if is_round else "onPrimary")
    if on and is_round:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(mark)
        painter.drawEllipse(box.center(), side * 0.27, side * 0.27)
    elif on:
        painter.setPen(QPen(mark, max(2.0, side / 8), Qt.PenStyle.SolidLine, _CAP, _JOIN))
        points = ((0.24, 0.53), (0.43, 0.71), (0.77, 0.31))
        painter.drawPolyline(
            QPolygonF([QPointF(box.x() + x * side, box.y() + y * side) for x, y in points])
        )
    elif some:
        painter.setPen(QPen(chosen.colour("primary"), max(2.0, side / 8)))
        painter.drawLine(
            QPointF(box.x() + side * 0.25, box.center().y()),
            QPointF(box.x() + side * 0.75, box.center().y()),
        )
    painter.restore()


_CAP, _JOIN = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
