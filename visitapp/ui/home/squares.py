"""A site's weeks of the quarter as squares; where its target counts by more, such as months, a
square for each."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from visitapp.domain.period import Period
from visitapp.domain.text.wording import MONTHS, day_of_month, number_of, out_of
from visitapp.domain.year.site_quarter import PeriodMark, PeriodSpan, SiteQuarter
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.theme import theme

_WIDTH, _HEIGHT, _PITCH, _HEAD = 21, 26, 24, 20
_ICON = 14
_LOOKS = {
    PeriodMark.VISITED: ("primary", "", "check", "onPrimary"),
    PeriodMark.DUE_NOW: ("panel", "text", "circle-dashed", "text"),
    PeriodMark.MISSED: ("bad", "", "x", "onBad"),
    PeriodMark.COMING: ("primarySoft", "", "", ""),
    PeriodMark.NOT_DUE: ("sunken", "line", "minus", "text3"),
}
"""Fill, edge, icon and its colour."""

LEGEND = (PeriodMark.VISITED, PeriodMark.DUE_NOW, PeriodMark.MISSED, PeriodMark.COMING)


def sentence(quarter: SiteQuarter) -> str:
    """The row as a sentence for screen readers."""
    counts = {mark: sum(1 for s in quarter.spans if s.mark is mark) for mark in PeriodMark}
    counted = [f"{number} {mark.value}" for mark, number in counts.items() if number]
    if not counted:
        return f"{quarter.site.name}: {quarter.target.words}"
    return (
        f"{quarter.site.name}, {number_of(len(quarter.spans), quarter.unit)}: {', '.join(counted)}"
    )


class Squares(QWidget):
    """Each week is at its place in the quarter; what is longer is as wide as its weeks."""

    def __init__(self, quarter: SiteQuarter, weeks: Sequence[Period], *, months: bool) -> None:
        """With `months`, their names are above the squares."""
        super().__init__()
        self._spans, self._weeks, self._months = quarter.spans, tuple(weeks), months
        self.setAccessibleName(sentence(quarter))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """All weeks, and the names if shown."""
        chosen = theme()
        head = chosen.px(_HEAD) if self._months else 0
        return QSize(chosen.px(_PITCH * len(self._weeks)), chosen.px(_HEIGHT) + head)

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Change width with the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def _places(self) -> list[tuple[PeriodSpan, QRectF]]:
        """Each span with its rectangle."""
        chosen = theme()
        top = chosen.px(_HEAD) if self._months else 0
        height, gap = chosen.px(_HEIGHT), chosen.px(_PITCH - _WIDTH)
        places = []
        for span in self._spans:
            within = [at for at, week in enumerate(self._weeks) if _thursday(week) in span.period]
            if within:
                left = chosen.px(_PITCH * within[0])
                right = chosen.px(_PITCH * (within[-1] + 1)) - gap
                places.append((span, QRectF(left, top, right - left, height)))
        return places

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the squares, and the names of months."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._months:
            paint_months(painter, self._weeks)
        for span, box in self._places():
            paint_mark(painter, box, span.mark)

    def event(self, event: QEvent) -> bool:
        """Show in a tooltip which week a square is."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            for span, box in self._places():
                if box.contains(event.pos()):
                    QToolTip.showText(event.globalPos(), _tip(span), self)
                    return True
            QToolTip.hideText()
        return super().event(event)


class Months(QWidget):
    """The names of the months, above the squares of all sites."""

    def __init__(self, weeks: Sequence[Period]) -> None:
        super().__init__()
        self._weeks = tuple(weeks)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as the squares."""
        return QSize(theme().px(_PITCH * len(self._weeks)), theme().px(_HEAD))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each name where the month begins."""
        paint_months(QPainter(self), self._weeks)


class Example(QWidget):
    """One square of the legend."""

    def __init__(self, mark: PeriodMark) -> None:
        super().__init__()
        self._mark = mark
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(theme().px(_WIDTH), theme().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it as in the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, QRectF(self.rect()), self._mark)


def paint_mark(painter: QPainter, box: QRectF, mark: PeriodMark) -> None:
    """Draw one square: its fill, an edge if it has one, and an icon with the same meaning."""
    chosen = theme()
    fill, edge, icon, tone = _LOOKS[mark]
    if edge:
        width = 2 if mark is PeriodMark.DUE_NOW else 1
        painter.setPen(QPen(chosen.colour(edge), width))
        box = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chosen.colour(fill))
    painter.drawRoundedRect(box, 3, 3)
    if icon:
        size = chosen.px(_ICON)
        drawn = pixmap(icon, _ICON, tone)
        middle = box.center()
        painter.drawPixmap(round(middle.x() - size / 2), round(middle.y() - size / 2), drawn)


def paint_months(painter: QPainter, weeks: Sequence[Period]) -> None:
    """Draw the name of each month above its first week."""
    chosen = theme()
    painter.setFont(chosen.font("smallStrong"))
    painter.setPen(chosen.colour("text2"))
    before = 0
    for at, week in enumerate(weeks):
        month = _thursday(week).month
        if month != before:
            before = month
            box = QRectF(chosen.px(_PITCH * at), 0, chosen.px(_PITCH * 5), chosen.px(_HEAD))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, MONTHS[month - 1])


def _thursday(week: Period) -> date:
    """The day that decides which month, quarter and year a week belongs to."""
    return week.start + timedelta(days=3)


def _tip(span: PeriodSpan) -> str:
    start, end = span.period.start, span.period.end
    days = f"{day_of_month(start)} to {day_of_month(end)}"
    many = f", {number_of(span.visits, 'visit')}" if span.visits > 1 else ""
    if span.due > 1:
        many = f", {out_of(span.visits, span.due, 'visit')}"
    return f"{days}: {span.mark.value}{many}"
