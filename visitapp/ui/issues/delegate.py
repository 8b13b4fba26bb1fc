"""Paints an issue: two lines of text, a bar of days with the limit, and a tag for its state."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from visitapp.domain.following.issue_list import IssueLine
from visitapp.ui.issues.tablemodel import DAYS, ISSUE, LINE_ROLE, STATE, where
from visitapp.ui.look.icons import pixmap
from visitapp.ui.look.stylesheet import KINDS
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import TAG, TAG_RADIUS, TRACK_RADIUS
from visitapp.ui.widgets.table import RowDelegate

Index = QModelIndex | QPersistentModelIndex

BAR_WIDTH, BAR_HEIGHT = 124, 8
_LIMIT_AT = 0.45
"""Where on the bar the limit is, as a share. An issue that is as long again over it fills the
bar."""
_INSET, _TICK = 8, 2
_KINDS = {"RAISED": "grey", "REFERRED": "warn", "RESPONSE": "info", "VERIFIED": "info"}
"""Kinds of tags by state; closed issues have plain tags."""


class IssueDelegate(RowDelegate):
    """Paints three columns itself, the rest as usual."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave out the text of the columns painted here."""
        super().initStyleOption(option, index)
        if index.column() in (ISSUE, DAYS, STATE):
            option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        line: IssueLine = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(option.rect)
        if index.column() == ISSUE:
            _paint_words(painter, option.rect, line)
        elif index.column() == DAYS and not line.is_positive:
            _paint_days(painter, option.rect, line)
        elif index.column() == STATE:
            _paint_state(painter, option.rect, line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        chosen = theme()
        line: IssueLine = index.data(LINE_ROLE)
        if index.column() == DAYS:
            words = QFontMetrics(_days_font(line)).horizontalAdvance(line.days_text)
            size.setWidth(max(chosen.px(BAR_WIDTH), words) + 2 * _INSET)
        elif index.column() == STATE:
            size.setWidth(_tag_width(line) + 2 * _INSET)
        return size


def _paint_words(painter: QPainter, rect: QRect, line: IssueLine) -> None:
    chosen = theme()
    strong = chosen.font("strong")
    small = chosen.font("small")
    inside = rect.adjusted(_INSET, 0, -_INSET, 0)
    high = QFontMetrics(strong).height() + QFontMetrics(small).height()
    top = rect.top() + (rect.height() - high) // 2
    for font, token, words in ((strong, "text", line.title), (small, "text2", where(line))):
        metrics = QFontMetrics(font)
        painter.setFont(font)
        painter.setPen(chosen.colour(token))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside.left(), top + metrics.ascent(), shown)
        top += metrics.height()


def _days_font(line: IssueLine) -> QFont:
    return theme().font("second", 600 if line.is_overdue else None)


def _paint_days(painter: QPainter, rect: QRect, line: IssueLine) -> None:
    """`29 days, 15 over` above the bar; for a closed issue only the text."""
    chosen = theme()
    font = _days_font(line)
    metrics = QFontMetrics(font)
    painter.setFont(font)
    painter.setPen(chosen.colour("bad" if line.is_overdue else "text"))
    left, bar = rect.left() + _INSET, chosen.px(BAR_HEIGHT)
    high = metrics.height() + (bar + 4 if line.is_open else 0)
    top = rect.top() + (rect.height() - high) // 2
    painter.drawText(left, top + metrics.ascent(), line.days_text)
    if line.is_open:
        paint_bar(painter, QRect(left, top + metrics.height() + 4, chosen.px(BAR_WIDTH), bar), line)


def paint_bar(painter: QPainter, track: QRect, line: IssueLine) -> None:
    """Draw the days up to the limit, the days beyond it, and a mark at the limit."""
    chosen = theme()
    limit_at = round(track.width() * _LIMIT_AT)
    reach = min(track.width(), round(limit_at * line.days / max(line.limit, 1)))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chosen.colour("primary"))
    within = QRect(track.left(), track.top(), max(3, min(reach, limit_at)), track.height())
    painter.drawRoundedRect(within, TRACK_RADIUS, TRACK_RADIUS)
    if reach > limit_at:
        painter.setBrush(chosen.colour("bad"))
        beyond = QRect(track.left() + limit_at, track.top(), reach - limit_at, track.height())
        painter.drawRoundedRect(beyond, TRACK_RADIUS, TRACK_RADIUS)
    painter.setBrush(chosen.colour("text"))
    painter.drawRect(track.left() + limit_at - 1, track.top() - 2, _TICK, track.height() + 4)


def _tag_width(line: IssueLine) -> int:
    metrics = QFontMetrics(theme().font("smallStrong"))
    return metrics.horizontalAdvance(word_of(line)) + 2 * _INSET + theme().px(20)


def word_of(line: IssueLine) -> str:
    """The state in a word or two: `Referred`, `Response in`."""
    words = line.status.split(" ")
    if len(line.status) > 18 and len(words) > 2:
        return words[0]
    return line.status


def _paint_state(painter: QPainter, rect: QRect, line: IssueLine) -> None:
    chosen = theme()
    kind = _KINDS.get(line.issue.status, "grey") if line.is_open else ""
    painter.setFont(chosen.font("smallStrong"))
    metrics = QFontMetrics(painter.font())
    word, left = word_of(line), rect.left() + _INSET
    middle = rect.center().y()
    if kind:
        fill, token, _ = KINDS[kind]
        high = chosen.px(TAG)
        width = metrics.horizontalAdvance(word) + 2 * _INSET
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(chosen.colour(fill))
        painter.drawRoundedRect(
            QRect(left, middle - high // 2, width, high), TAG_RADIUS, TAG_RADIUS
        )
        left += _INSET
    else:
        token = "text2" if line.issue.status == "NFA" else "good"
        size = chosen.px(14)
        icon = "ban" if line.issue.status == "NFA" and not line.is_positive else "circle-check"
        painter.drawPixmap(left, middle - size // 2, pixmap(icon, 14, token))
        left += size + 6
    painter.setPen(chosen.colour(token))
    painter.drawText(left, middle + (metrics.ascent() - metrics.descent()) // 2, word)
