"""Fields to write a section: its texts, and the sentences drafted from its figures."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from visitapp.domain.year.year_texts import Sentence, TextField
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN, READING
from visitapp.ui.reports.viewmodel import ReportsViewModel
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.describing import HINT, describe
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label, set_tone
from visitapp.ui.widgets.tag import Tag
from visitapp.ui.widgets.text_area import TextArea
from visitapp.ui.widgets.written_area import MarkButtons, WrittenArea

_KINDS = {"lead": "Opening", "title": "Title", "point": "Point", "text": "Sentence"}
_ADVICE = (
    "Leave a blank line to start a new paragraph. Start a line with a dash and a space to make a "
    "list, or paste it from Word. Press List again to number it. **Words** between stars are bold."
)


class SentenceRow(QWidget):
    """A drafted sentence in a field, its state, and a link to restore the draft."""

    def __init__(self, sentence: Sentence, put: Callable[[Sentence, str], Sentence]) -> None:
        super().__init__()
        self.sentence, self._put = sentence, put
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        kind = _KINDS.get(sentence.key.partition(".")[0], "Sentence")
        self.area = TextArea(f"{kind}, drafted: {sentence.drafted}", lines=1, most_lines=8)
        self.area.set_text(sentence.text)
        self.area.changed.connect(self._on_changed)
        self.tag = Tag("As drafted")
        self.back = link_button("Use the drafted words", self.reset, about=sentence.drafted)
        head = FlowRow(gap=8)
        head.add(label(kind, "strong"))
        head.add(self.tag)
        head.add(self.back)
        column.addWidget(head)
        column.addWidget(self.area)
        self.drafted = label("", "small", "text2", wrap=True)
        column.addWidget(self.drafted)
        self._show()

    def reset(self) -> None:
        """Restore the drafted words."""
        self.area.replace_text(self.sentence.drafted)  # Ctrl+Z undoes this
        self.sentence = self._put(self.sentence, "")
        self._show()
        self.area.setFocus()

    def _on_changed(self) -> None:
        self.sentence = self._put(self.sentence, self.area.text())
        self._show()

    def _show(self) -> None:
        sentence = self.sentence
        if sentence.is_outdated:
            self.tag.show_state("Figures have changed since", "warn", "triangle-alert")
            self.drafted.setText(f"Drafted now: {sentence.drafted}")
        elif sentence.is_edited:
            self.tag.show_state("Edited", "change", "pencil")
            self.drafted.setText(f"Drafted: {sentence.drafted}")
        else:
            self.tag.show_state("As drafted")
        self.drafted.setVisible(sentence.is_edited)
        self.back.setVisible(sentence.is_edited)


class UnreadMark(FlowRow):
    """Where the words come from with which a text begins, and how to say that they were read."""

    def __init__(
        self, area: WrittenArea, hint: str, origin: str, keep: Callable[[], object]
    ) -> None:
        self._area, self._hint, self._words = area, hint, f"{origin}, not yet read"
        super().__init__(
            Tag(self._words, "warn", "triangle-alert"),
            link_button("Read, print it as it is", self._keep, about=area.accessibleName()),
            gap=8,
        )
        self._save = keep
        area.changed.connect(self._settle)

    def begin(self) -> None:
        """The area shows the words, which are no text of the year yet."""
        describe(self._area, HINT, f"{self._hint} {self._words}.")
        self.show()

    def _keep(self) -> None:
        self._save()
        self._settle()
        self._area.setFocus()

    def _settle(self) -> None:
        describe(self._area, HINT, self._hint)
        self.hide()


def _offer(draft: str, field: TextField, area: WrittenArea, mark: UnreadMark) -> QWidget:
    """A first draft for a text while nothing is written."""

    def write() -> None:
        area.set_text(draft)
        mark.begin()
        area.setFocus()
        offer.hide()

    offer = link_button("Draft from the figures", write, about=field.title)
    offer.setHidden(bool(area.text().strip()))
    area.changed.connect(lambda: offer.setHidden(bool(area.text().strip())))
    return offer


class SectionWriter(QWidget):
    """The fields of one section. Escape returns to the pages.

    Signals: `done` to return to the pages.
    """

    done = Signal()

    def __init__(self, viewmodel: ReportsViewModel) -> None:
        super().__init__()
        self._viewmodel = viewmodel
        self.fields: dict[str, QWidget] = {}
        self.title = label("", "section", wrap=True)
        self.saved = label("", "small", "good")
        self.back = button("Back to the pages", self.done.emit, icon="arrow-left", small=True)
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 8, MARGIN, 8)
        bar.setSpacing(12)
        bar.addWidget(self.title, 1)
        bar.addWidget(self.saved)
        bar.addWidget(self.back)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(hairline())
        column.addWidget(self._area, 1)

    def show_section(self, section: str) -> None:
        """Show the fields of a section."""
        self.title.setText(section)
        self.show_saved()
        self.fields = {}
        inner = QWidget()
        inner.setProperty("surface", "panel")
        fit(inner, most_width=READING + 2 * MARGIN)
        column = QVBoxLayout(inner)
        column.setContentsMargins(MARGIN, 14, MARGIN, MARGIN)
        column.setSpacing(18)
        fields = self._viewmodel.fields_of(section)
        marks = MarkButtons()
        if fields:
            column.addWidget(marks)
        for field in fields:
            column.addWidget(self._text_row(field, marks))
        if fields:
            column.addWidget(label(_ADVICE, "small", "text3", wrap=True))
        sentences = self._viewmodel.sentences_of(section)
        if sentences:
            column.addWidget(label("Drafted from the figures", "h2"))
            column.addWidget(
                label(
                    "You can reword each of these sentences. We save them with the year, and "
                    "mark them if the figures change.",
                    "second",
                    "text2",
                    wrap=True,
                )
            )
        for sentence in sentences:
            row = SentenceRow(sentence, self._viewmodel.put_sentence)
            self.fields[sentence.key] = row.area
            column.addWidget(row)
        if not fields and not sentences:
            column.addWidget(label("There is nothing to write here.", "body", "text2"))
        column.addStretch(1)
        self._area.setWidget(inner)

    def is_being_used(self) -> bool:
        """Whether the cursor is in a field, which must not be replaced."""
        return any(field.hasFocus() for field in self.fields.values())

    def focus_field(self, key: str) -> None:
        """Move the cursor to the field of a text or sentence; without a key, to the first."""
        field = self.fields.get(key) or next(iter(self.fields.values()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(field, 0, 60)

    def _text_row(self, field: TextField, marks: MarkButtons) -> QWidget:
        area = WrittenArea(field.title, lines=3)
        marks.serve(area)
        report = self._viewmodel.report
        words = report.from_last_year(field.key) if report is not None else ""
        area.set_text(words or self._viewmodel.text(field.key))
        area.changed.connect(partial(self._on_text, field.key, area))
        self.fields[field.key] = area
        row = FormRow(field.title, area, field.hint, wide=True)
        draft = "" if report is None else report.drafts.get(field.key, "")
        if report is None or not (words or draft):
            return row
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(row)
        origin = f"From {report.last_year}" if words else "Drafted from the figures"
        mark = UnreadMark(area, field.hint, origin, partial(self._on_text, field.key, area))
        column.addWidget(mark)
        if words:
            mark.begin()
        else:
            mark.hide()
            column.addWidget(_offer(draft, field, area, mark), 0, Qt.AlignmentFlag.AlignLeft)
        return holder

    def _on_text(self, key: str, area: WrittenArea) -> None:
        self._viewmodel.put_text(key, area.text())

    def show_saved(self) -> None:
        """Show when the text was last saved, or that it could not be."""
        self.saved.setText(self._viewmodel.saved_text())
        set_tone(self.saved, "bad" if self._viewmodel.keeper.problem else "good")
