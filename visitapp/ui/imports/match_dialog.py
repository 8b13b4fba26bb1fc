"""The conversation about a spreadsheet: its sheets, its columns, its words, its names."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.import_layout import ImportLayout, WordToMatch
from visitapp.domain.importing import VISITS
from visitapp.domain.text.wording import out_of
from visitapp.ui.context import Context
from visitapp.ui.imports.match_table import MatchTable
from visitapp.ui.imports.matching import Matching
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label, set_tone
from visitapp.ui.widgets.picker import Picker

TITLE = "Match the spreadsheet with these records"
SHEETS, COLUMNS, WORDS, NAMES = range(4)
_PAGES = (
    ("Sheets", "Which sheets have {subject}, and in which row are their headings?"),
    ("Columns", "What is each column read as? Press Enter in a row to change it."),
    ("Words", "What do these words mean? Press Enter in a row to change it."),
    (
        "Sites and people",
        "Who are these people, and which sites are these? Press Enter in a row to change it.",
    ),
)
_WHO = (
    "Who are these people? Somebody of the same name may be the same person. Press Enter in a row "
    "to change it."
)
_WIDTH, _MIDDLE = 880, 380
_NAMES_WIDTH, _FIELD = 190, 320
"""Of the sheets' names, and of the fields beside them, in logical pixels."""


class MatchDialog(Dialog):
    """Pages without anything to decide are passed over."""

    def __init__(self, parent: QWidget, context: Context, matching: Matching) -> None:
        super().__init__(parent)
        self._context, self.matching = context, matching
        self._page = SHEETS
        self.setWindowTitle(TITLE)
        self.setAccessibleName(TITLE)
        fit(self, least_width=_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        self.step = label("", "small", "text2")
        self.question = label("", "h2", wrap=True)
        column.addWidget(self.step)
        column.addWidget(self.question)
        self.sheets_area = ClearScroll()
        self.columns = MatchTable("Columns", ("Column", "Sheet", "First cells"), (200, 100, 270, 0))
        self.words = MatchTable("Words", ("Word", "Column", "Cells"), (230, 220, 70, 0))
        self.names = MatchTable("Sites and people", ("Name", "What", "Cells"), (250, 110, 70, 0))
        self.stack = QStackedWidget()
        for page in (self.sheets_area, self.columns, self.words, self.names):
            self.stack.addWidget(page)
        fit(self.stack, least_height=_MIDDLE)
        column.addWidget(self.stack, 1)
        self.reason = label("", "second", "text2", wrap=True)
        column.addWidget(self.reason)
        column.addLayout(self._make_foot())
        self.columns.chosen.connect(self._choose_column)
        self.words.chosen.connect(self._choose_word)
        self.names.chosen.connect(self._choose_word)
        self._show_page()

    def _make_foot(self) -> QHBoxLayout:
        self.next = primary_button("Next", self.go_on)
        self.next.setDefault(True)
        self.back = button("Back", self.go_back, icon="arrow-left")
        self.cancel = button("Cancel", self.reject)
        for each in (self.back, self.cancel):
            each.setAutoDefault(False)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.next)
        row.addWidget(self.back)
        row.addStretch(1)
        row.addWidget(self.cancel)
        return row

    @property
    def layout_chosen(self) -> ImportLayout:
        """What was decided."""
        return self.matching.spreadsheet.layout

    # -- going on and back ----------------------------------------------------------------

    def go_on(self) -> None:
        """Go to the next page that has something to decide, or finish."""
        if self._page == SHEETS:
            self._go_to(COLUMNS)
        elif self._page == COLUMNS:
            if missing := self.matching.missing:
                self.reason.setText(missing)
                set_tone(self.reason, "bad")
                self.columns.start()
                return
            self._read_words()
        elif self._page == WORDS and self.matching.word_rows(names=True):
            self._go_to(NAMES)
        else:
            self.accept()

    def go_back(self) -> None:
        """Go to the page before."""
        earlier = [page for page in self._shown_pages() if page < self._page]
        self._go_to(earlier[-1])

    def _shown_pages(self) -> list[int]:
        has_words = self._page < WORDS or bool(self.matching.word_rows(names=False))
        has_names = self._page < WORDS or bool(self.matching.word_rows(names=True))
        return [SHEETS, COLUMNS, *([WORDS] if has_words else []), *([NAMES] if has_names else [])]

    def _read_words(self) -> None:
        """Look for words to decide about, which reads the whole file."""
        spreadsheet = self.matching.spreadsheet
        self.next.setEnabled(False)

        def read(words: tuple[WordToMatch, ...]) -> None:
            self.next.setEnabled(True)
            self.matching.set_words(words)
            if self.matching.word_rows(names=False):
                self._go_to(WORDS)
            elif self.matching.word_rows(names=True):
                self._go_to(NAMES)
            else:
                self.accept()

        def failed(error: Exception) -> None:
            self.next.setEnabled(True)
            self.reason.setText(str(error))
            set_tone(self.reason, "bad")

        self._context.jobs.run(spreadsheet.words, owner=self, done=read, failed=failed)

    def _go_to(self, page: int) -> None:
        self._page = page
        self._show_page()

    # -- showing --------------------------------------------------------------------------

    def _show_page(self) -> None:
        name, question = _PAGES[self._page]
        subject = self.matching.subject
        is_who = self._page == NAMES and subject != VISITS
        name = "People" if is_who else name
        self.step.setText(f"{name}, {out_of(self._page + 1, len(_PAGES))}")
        self.question.setText(_WHO if is_who else question.format(subject=subject))
        self.back.setVisible(self._page != SHEETS)
        self.stack.setCurrentIndex(self._page)
        self._show_rows()
        if self._page == SHEETS:
            self._show_sheets()
        else:
            (self.columns, self.words, self.names)[self._page - 1].start()
        if (layout := self.layout()) is not None:
            layout.activate()  # the button has other words

    def _show_rows(self) -> None:
        matching = self.matching
        set_tone(self.reason, "text2")
        self.next.setText("Check the file" if self._page == NAMES else "Next")
        match self._page:
            case page if page == COLUMNS:
                self.columns.show_rows(matching.column_rows())
                self.reason.setText(matching.missing)
            case page if page == WORDS:
                self.words.show_rows(matching.word_rows(names=False))
                self.reason.setText(matching.left_words(names=False))
            case page if page == NAMES:
                self.names.show_rows(matching.word_rows(names=True))
                self.reason.setText(matching.left_words(names=True))
            case _:
                self.reason.setText("")

    def _choose_column(self, row: object, key: object) -> None:
        self.matching.choose_column(row, str(key))  # type: ignore[arg-type]
        self._show_rows()

    def _choose_word(self, row: object, key: object) -> None:
        self.matching.choose_word(row, str(key))  # type: ignore[arg-type]
        self._show_rows()

    # -- sheets ---------------------------------------------------------------------------

    def _show_sheets(self) -> None:
        """A line for each sheet, then where scheme and site come from."""
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(2, 2, 8, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(2, 1)
        grid.setColumnMinimumWidth(0, theme().px(_NAMES_WIDTH))
        for at, sheet in enumerate(self.matching.sheets):
            title = sheet.title
            holds = self._picker(f"What “{title}” has", self.matching.holds, sheet.holds, 150)
            holds.chosen.connect(self._choosing(title, "holds"))
            rows = self._picker(
                f"Headings of “{title}”",
                self.matching.rows_of(title),
                str(sheet.headings_row),
                _FIELD,
            )
            rows.chosen.connect(self._choosing(title, "row"))
            name = label(title, "strong", wrap=True)
            name.setBuddy(holds)
            for place, widget in enumerate((name, holds, rows)):
                grid.addWidget(widget, at, place)
        below = len(self.matching.sheets)
        for at, (column, words) in enumerate(self.matching.fixable, below):
            choices, fixed = self.matching.fixed_choices(column), self.matching.fixed(column)
            where = self._picker(words, choices, fixed, _FIELD)
            where.chosen.connect(self._fixing(column))
            grid.addWidget(label(words, "strong", wrap=True), at, 0)
            grid.addWidget(where, at, 1, 1, 2)
        grid.setRowStretch(below + 2, 1)
        self.sheets_area.setWidget(inner)
        self.sheets_area.setWidgetResizable(True)
        first = inner.findChildren(Picker)[0]
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _picker(name: str, choices: object, key: str | None, width: int) -> Picker:
        picker = Picker(name, width=width)
        picker.set_choices(choices)  # type: ignore[arg-type]
        picker.set_key(key)
        if width == _FIELD:  # as wide as the room, not as the longest row of headings
            picker.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        return picker

    def _choosing(self, title: str, what: str) -> Callable[[object], None]:
        def choose(key: object) -> None:
            if key is None:
                return
            if what == "holds":
                self.matching.choose_sheet(title, holds=str(key))
            else:
                self.matching.choose_sheet(title, row=int(str(key)))

        return choose

    def _fixing(self, column: str) -> Callable[[object], None]:
        def fix(key: object) -> None:
            if key is not None:
                self.matching.fix(column, str(key))

        return fix
