"""A report's answers as panels of lines, to check before signing or to read afterwards."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visitapp.domain.adding_up import Sum
from visitapp.domain.report_cards import PRIVACY, Card
from visitapp.ui.widgets.adding_bar import AddingBar
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.summary_list import SummaryList
from visitapp.ui.widgets.tag import Tag

Change = Callable[[str], object]


def answer_panel(card: Card, of: Sum, change: Change | None = None) -> Panel:
    """A card as a panel; `of` is drawn in the card of the counts. `change` gets the field of
    a line whose link was followed; without it there are no links."""
    made = Panel(card.title, flush=True)
    if card.counts:
        made.head.addWidget(verdict_tag(of))
        made.body.addWidget(_bar(of))
    lines = SummaryList()
    for line in card.lines:
        if line.field == "counts" and ":" not in line.value:
            continue  # the sum says it
        tone, value = ("text", line.value) if line.value else ("text3", "Not said")
        if change is None:
            lines.add(line.label, value, tone=tone)
        elif line.field is None:
            lines.add(line.label, value, note=line.note, tone=tone)
        else:
            lines.add(line.label, value, partial(change, line.field), tone=tone)
    made.body.addWidget(lines)
    return made


def left_of(shown: Sequence[Card]) -> list[Card]:
    """The cards of the left column: up to the one that counts, and what was kept."""
    first = next((at for at, card in enumerate(shown) if card.counts), len(shown))
    return [*shown[:first], *(card for card in shown[first:] if card.section == PRIVACY)]


def right_of(shown: Sequence[Card]) -> list[Card]:
    """The cards of the right column."""
    left = left_of(shown)
    return [card for card in shown if card not in left]


def verdict_tag(of: Sum) -> Tag:
    """Whether the parts make the whole."""
    if of.adds_up:
        return Tag(of.verdict, "good", "check")
    kind = "bad" if of.remainder < 0 else "warn"
    return Tag(of.verdict, kind, "triangle-alert") if of.verdict else Tag("Not counted", "grey")


def _bar(of: Sum) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.setContentsMargins(16, 10, 16, 10)
    column.setSpacing(8)
    if of.parts_text:
        whole = "" if of.whole is None else f"{of.whole} = "
        column.addWidget(label(f"{whole}{of.parts_text}", "body", wrap=True))
    bar = AddingBar()
    bar.show_sum(of)
    column.addWidget(bar)
    return made
