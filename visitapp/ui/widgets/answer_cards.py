"""A report's answers as panels of lines, to check before signing or to read later."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.reading.report_cards import PRIVACY, Card
from visitapp.domain.report.adding_up import Sum
from visitapp.domain.report.place import Place
from visitapp.ui.widgets.adding_bar import AddingBar
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.summary_list import SummaryList
from visitapp.ui.widgets.tag import Tag

Change = Callable[[Place], object]


def answer_panel(card: Card, of: Sum, change: Change | None = None) -> Panel:
    """A card as a panel. The card of counts also shows `of` as a bar. `change` is called with the
    place of a line whose link is followed; without it there are no links."""
    panel = Panel(card.title, flush=True)
    if card.counts:
        panel.head.addWidget(verdict_tag(of))
        panel.body.addWidget(_bar(of))
    lines = SummaryList()
    for line in card.lines:
        if line.is_in_sum:
            continue
        tone, value = ("text", line.value) if line.value else ("text3", "Not answered")
        if change is None:
            lines.add(line.label, value, tone=tone)
        elif not line.place:
            lines.add(line.label, value, note=line.note, tone=tone)
        else:
            lines.add(line.label, value, partial(change, line.place), tone=tone)
    panel.body.addWidget(lines)
    return panel


def in_columns(shown: Sequence[Card]) -> tuple[list[Card], list[Card]]:
    """Split the cards, in order, into two columns of about the same height. Flagged words that were
    kept go at the end of the left one."""
    kept = [card for card in shown if card.section == PRIVACY]
    cards = [card for card in shown if card.section != PRIVACY]
    heights = [_height(card) for card in cards]
    total, of_kept = sum(heights), sum(map(_height, kept))
    splits = range(len(cards) + 1)
    at = min(splits, key=lambda at: abs(2 * (sum(heights[:at]) + of_kept) - total - of_kept))
    return [*cards[:at], *kept], cards[at:]


def _height(card: Card) -> int:
    """Roughly how many lines of text a card takes."""
    lines = [max(1 + len(line.label) // 20, 1 + len(line.value) // 34) for line in card.lines]
    return 3 + sum(lines) + len(lines) // 2 + 4 * card.counts


def verdict_tag(of: Sum) -> Tag:
    """A tag that says whether the parts add up to the total."""
    if of.adds_up:
        return Tag(of.verdict, "good", "check")
    kind = "bad" if of.remainder < 0 else "warn"
    return Tag(of.verdict, kind, "triangle-alert") if of.verdict else Tag("Not counted", "grey")


def _bar(of: Sum) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(16, 10, 16, 10)
    column.setSpacing(8)
    if of.parts_text:
        whole = "" if of.whole is None else f"{of.whole} = "
        column.addWidget(label(f"{whole}{of.parts_text}", "body", wrap=True))
    bar = AddingBar()
    bar.show_sum(of)
    column.addWidget(bar)
    return holder
