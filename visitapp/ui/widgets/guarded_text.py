"""Free text with the privacy guard: words that may identify a person are underlined and explained
below.

The guard never blocks. Its banner suggests other words, or lets the user keep the words for a
reason, which is recorded.
"""

import html
from collections.abc import Iterable, Sequence
from typing import Protocol

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.privacy import Span, kind_in_words, replaced
from visitapp.domain.report.kept_words import still_in_text, undecided
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.arranging import turn
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.describing import PRIVACY, describe
from visitapp.ui.widgets.dialogs import ReasonDialog
from visitapp.ui.widgets.labels import icon_label, label, rich_label
from visitapp.ui.widgets.marked_area import MarkedArea, TextMark

_PAUSE_MS = 350
"""How long after the last key the text is checked."""
_BESIDE = 560
"""From this width, at 100%, the buttons go beside the words."""


class TextGuard(Protocol):
    """Checks a text and records decisions: see `services.privacy.guard()`."""

    def look_at(self, text: str) -> Sequence[Span]:
        """The words that may identify somebody."""

    def keep(self, question: Place, span: Span, reason: str) -> KeptWords:
        """The decision to keep some words, as it is recorded."""


class GuardBanner(QFrame):
    """One finding: what it looks like, a suggestion as a button, and "Keep it…"."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("class", "banner")
        self.setProperty("kind", "warn")
        self._words = rich_label("", "body", "onWarnSoft")
        self.write = button("", small=True)
        self.keep = link_button("Keep it\u2026")
        words = QHBoxLayout()
        words.setSpacing(12)
        words.addWidget(icon_label("eye-off", 20, "warn", word="Privacy"))
        words.addWidget(self._words, 1)
        actions = QHBoxLayout()
        actions.setSpacing(12)
        actions.addWidget(self.write)
        actions.addWidget(self.keep)
        actions.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(12, 8, 12, 8)
        self._row.setSpacing(12)
        self._row.addLayout(words, 1)
        self._row.addLayout(actions)
        self.sentence = ""

    def show_span(self, span: Span, more: int) -> None:
        """Show a finding; `more` is how many follow."""
        after = f" {more} more after this." if more else ""
        self.sentence = f"{span.what} {span.why}{after}"
        self._words.setText(f"<b>{html.escape(span.what)}</b> {html.escape(span.why)}{after}")
        offer = f"Write \u201c{span.suggestion}\u201d" if span.suggestion else "Leave it out"
        self.write.setText(offer)
        self.write.setAccessibleName(f"{offer} instead of {span.shown}")
        self.keep.setAccessibleName(f"Keep {span.shown}, with a reason")
        self.setAccessibleName(f"Privacy: {self.sentence}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where there is no room beside them."""
        super().resizeEvent(event)
        beside = self.width() >= theme().px(_BESIDE)
        turn(self._row, below=not beside)


class GuardedText(QWidget):
    """A text area with the guard; use it like a `TextArea`.

    Signals: `changed` when the user changes the text; `kept_changed` when a decision is made, or
    goes because its words are gone.
    """

    changed = Signal()
    kept_changed = Signal()

    def __init__(
        self,
        name: str,
        question: Place,
        guard: TextGuard,
        *,
        lines: int = 3,
        most_lines: int = 16,
        one_line: bool = False,
    ) -> None:
        """`question` is stored as `KeptWords.question` with each decision."""
        super().__init__()
        self.question = question
        self._guard = guard
        self._spans: tuple[Span, ...] = ()
        self._kept: tuple[KeptWords, ...] = ()
        self.area = MarkedArea(name, lines=lines, most_lines=most_lines, one_line=one_line)
        self.banner = GuardBanner()
        self.banner.hide()
        self._kept_note = label("", "small", "text2", wrap=True)
        self.again = link_button("Look again", self.let_go)
        self._kept_row = QWidget()
        kept = QHBoxLayout(self._kept_row)
        kept.setContentsMargins(0, 0, 0, 0)
        kept.addWidget(self._kept_note, 1)
        kept.addWidget(self.again)
        self._kept_row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self.area, self.banner, self._kept_row):
            column.addWidget(widget)
        self.setFocusProxy(self.area)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.look)
        self.area.changed.connect(self._on_typed)
        self.banner.write.clicked.connect(lambda *_: self.write_suggestion())
        self.banner.keep.clicked.connect(lambda *_: self.ask_to_keep())

    # used like a text area

    def text(self) -> str:
        """What was typed."""
        return self.area.text()

    def set_text(self, text: str) -> None:
        """Show a text without a signal. Decisions stay, even if the text no longer has their words,
        so that text and decisions can be set in either order."""
        self.area.set_text(text)
        self._spans = tuple(self._guard.look_at(text))
        self._show()

    def kept(self) -> tuple[KeptWords, ...]:
        """The decisions about words of this text."""
        return self._kept

    def set_kept(self, kept: Iterable[KeptWords]) -> None:
        """Show earlier decisions without a signal; those about other questions are ignored."""
        self._kept = tuple(decision for decision in kept if decision.question == self.question)
        self._show()

    def undecided(self) -> tuple[Span, ...]:
        """The findings in the current text that nobody has decided on."""
        self.look()
        return undecided(self._spans, self._kept)

    # checking and deciding

    def _on_typed(self) -> None:
        self.area.show_marks(())  # they would be under the wrong words
        self._pause.start()
        self.changed.emit()

    def look(self) -> None:
        """Check the text now, without waiting for a pause."""
        self._pause.stop()
        self._spans = tuple(self._guard.look_at(self.text()))
        stay = still_in_text(self._kept, self._spans)
        went = stay != self._kept
        self._kept = stay
        self._show()
        if went:
            self.kept_changed.emit()

    def write_suggestion(self) -> None:
        """Replace the first undecided words with the suggestion, or delete them."""
        open_ones = self.undecided()
        if open_ones:
            span = open_ones[0]
            self.area.replace_text(replaced(self.text(), span, span.suggestion))
            self.look()
            self._focus_next(self.banner.write)

    def ask_to_keep(self) -> None:
        """Ask why the first undecided words should stay, and record the answer."""
        open_ones = self.undecided()
        if not open_ones:
            return
        span = open_ones[0]
        reason = ReasonDialog.ask(
            self,
            f"Keep {span.shown}?",
            f"This looks like {kind_in_words(span.kind)}. {span.why} Explain why it must stay in "
            "the report. Your reason is saved with the report.",
            "Keep it",
            self._guard.look_at,
        )
        if reason is not None:
            self._kept = (*self._kept, self._guard.keep(self.question, span, reason))
            self._show()
            self.kept_changed.emit()
        self._focus_next(self.banner.keep)

    def let_go(self) -> None:
        """Undo the decisions, so that the words are checked again."""
        self._kept = ()
        self._show()
        self.kept_changed.emit()
        self._focus_next(self.banner.keep)

    def _focus_next(self, widget: QWidget) -> None:
        (self.area if self.banner.isHidden() else widget).setFocus()

    # showing

    def _show(self) -> None:
        open_ones = undecided(self._spans, self._kept)
        self.area.show_marks(
            [TextMark(span.start, span.end, span not in open_ones) for span in self._spans]
        )
        before = "" if self.banner.isHidden() else self.banner.sentence
        if open_ones:
            self.banner.show_span(open_ones[0], len(open_ones) - 1)
        self.banner.setVisible(bool(open_ones))
        self._show_kept()
        describe(self.area, PRIVACY, "; ".join(span.what for span in open_ones))
        if open_ones and self.banner.sentence != before and self.isVisible():
            announce(self.banner, self.banner.sentence)

    def _show_kept(self) -> None:
        still = still_in_text(self._kept, self._spans)
        words = ", ".join(dict.fromkeys(f"\u201c{decision.words}\u201d" for decision in still))
        self._kept_note.setText(f"Kept, with your reason: {words}" if words else "")
        self.again.setAccessibleName(f"Look again: {words}")
        self._kept_row.setVisible(bool(words))
