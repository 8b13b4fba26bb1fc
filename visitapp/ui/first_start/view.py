"""The first start: three cards, all visible, with the demonstration next to them; then the
sheet."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from visitapp.ui.first_start.cards import LookingCard, PassphraseCard, PersonCard, SchemeCard
from visitapp.ui.first_start.viewmodel import FirstStartViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.recovery.sheet_view import SheetView
from visitapp.ui.session import Session
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import primary_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Columns
from visitapp.ui.window_dialogs import HelpDialog

_WIDEST = 1200
_HELP = (
    "To make your file of records, say who you are, which scheme it is for, and choose a "
    "passphrase. You can change all of these later in Settings.\n\nThe file stays on this "
    "computer and is encrypted. After this page you will see a recovery code once. Print it and "
    "keep it at home. It opens the file if you forget the passphrase.\n\nIf you already have a "
    "file of records on this computer or a USB stick, open it instead. If you have a backup, "
    "restore it. It is copied to this computer, and the backup itself is not changed."
)


class FirstStartView(QWidget):
    """Signals: `other_file` if the user already has a file; `restore` to restore a backup;
    `this_file` (path) once their file is back."""

    other_file = Signal()
    this_file = Signal(object)
    restore = Signal()

    def __init__(self, session: Session, path: Path, note: str = "") -> None:
        """`note` is shown above the questions until they are answered."""
        super().__init__()
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.viewmodel = FirstStartViewModel(session, path, self)
        self.person, self.scheme = PersonCard(self.viewmodel), SchemeCard(self.viewmodel)
        self.passphrase = PassphraseCard(self.viewmodel)
        self.looking = LookingCard(self.viewmodel)
        self.looking.other.clicked.connect(self.other_file)
        self.looking.restore.clicked.connect(self.restore)
        for line in (self.person.name, self.scheme.office):
            line.returnPressed.connect(self._begin)
        for field in (self.passphrase.first, self.passphrase.again):
            field.entered.connect(self._begin)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._stack.addWidget(self._questions())
        self.sheet: SheetView | None = None
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.busy.connect(self._on_busy)
        self.viewmodel.problem.connect(self._on_problem)
        self.viewmodel.created.connect(self._on_created)
        self.viewmodel.returned.connect(self.this_file)
        QShortcut(QKeySequence("F1"), self, lambda: HelpDialog.ask(self, "First start", _HELP))
        self._on_changed()
        if note:
            self._problems.addWidget(Banner("info", note))
        self.kept = self._about_kept()
        self.setFocusProxy(self.person.visit)

    def _about_kept(self) -> Banner | None:
        """Offer the records that were set aside here and not replaced, instead of a first start."""
        kept = self.viewmodel.kept
        if kept is None:
            return None
        words = (
            f"Your records are not lost. {self.viewmodel.path.name} is missing, but there is an "
            f"earlier copy called {kept.name}."
        )
        banner = Banner("warn", words, [("Put it back", self.viewmodel.put_back)])
        self._problems.addWidget(banner)
        return banner

    def _questions(self) -> QWidget:
        main = QWidget()
        column = QVBoxLayout(main)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for card in (self.person, self.scheme, self.passphrase):
            column.addWidget(card)
        column.addStretch(1)
        inner = QWidget()
        page = QVBoxLayout(inner)
        page.setContentsMargins(24, 16, 24, 16)
        page.setSpacing(4)
        page.addWidget(label("Welcome. Answer three questions to begin.", "hero", wrap=True))
        words = "Everything stays on this computer. You can change each answer later in Settings."
        page.addWidget(label(words, "lead", "text2", wrap=True))
        self._problems = QVBoxLayout()
        page.addLayout(self._problems)
        page.addSpacing(8)
        page.addWidget(Columns(main, self.looking, side_width=320, least_main=700))
        page.addStretch(1)
        whole = QWidget()
        parts = QVBoxLayout(whole)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(0)
        parts.addWidget(_scrolling(inner), 1)
        parts.addWidget(self._foot())
        return whole

    def _foot(self) -> QWidget:
        """The main button, visible at any text size."""
        self.begin = primary_button("Begin", self._begin, icon="arrow-right", main=True)
        self.begin.setToolTip("Enter")
        self._left = label("", "body", "text2", wrap=True)
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(24, 8, 24, 12)
        row.setSpacing(16)
        row.addWidget(self.begin)
        row.addWidget(self._left, 1)
        return _centred(inner)

    def _begin(self) -> None:
        missing = dict(self.viewmodel.missing())
        self.person.row.set_error(missing.get("name", ""))
        self.scheme.row.set_error(missing.get("office", ""))
        self.passphrase.again_row.set_error(missing.get("again", ""))
        fields = {
            "role": self.person.visit,
            "name": self.person.name,
            "kinds": self.scheme.cards[next(iter(self.scheme.cards))],
            "office": self.scheme.office,
            "passphrase": self.passphrase.first,
            "again": self.passphrase.again,
        }
        if missing:
            first = next(iter(missing))
            self._on_problem(missing[first])
            fields[first].setFocus()
        else:
            self._on_problem("")
            self.viewmodel.begin()

    def _on_changed(self) -> None:
        answers = self.viewmodel.answers
        self.person.show_done(answers.is_person_known)
        self.scheme.show_done(answers.is_scheme_known)
        self.passphrase.show_done(self.viewmodel.is_passphrase_good)
        self._left.setText(self.viewmodel.still_to_do())
        for row, is_right in (
            (self.person.row, bool(answers.name.strip())),
            (self.scheme.row, bool(answers.office.strip())),
            (self.passphrase.again_row, answers.again == answers.passphrase),
        ):
            if is_right:
                row.set_error("")

    def _on_busy(self, busy: bool) -> None:
        looking = self.looking
        for widget in (self.begin, looking.open, looking.other, looking.restore):
            widget.setEnabled(not busy)
        self._left.setText("One moment\u2026" if busy else self.viewmodel.still_to_do())
        if self.sheet is not None:
            self.sheet.go.setEnabled(not busy)

    def _on_problem(self, sentence: str) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            banner = item.widget()
            if isinstance(banner, Banner):
                banner.close_banner()
        if sentence:
            self._problems.addWidget(Banner("bad", sentence))

    def may_leave(self, *, asks: bool) -> bool:
        """Whether the window may close; asks about a recovery code that hasn't been printed yet."""
        if not asks or self.sheet is None or self.sheet.is_safe:
            return True
        self.sheet.ask_to_leave(self.window().close)
        return False

    def _on_created(self, code: str) -> None:
        self.sheet = SheetView(self.viewmodel.path, code)
        self.sheet.ready.connect(self.viewmodel.open_created)
        shown = _scrolling(self.sheet)
        self._stack.addWidget(shown)
        self._stack.setCurrentWidget(shown)
        self.sheet.print_button.setFocus()


def _centred(inner: QWidget) -> QWidget:
    """Limit the width to what is easy to read, centred in a wide window."""
    fit(inner, most_width=_WIDEST)
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inner, 50)
    row.addStretch(1)
    return holder


def _scrolling(inner: QWidget) -> ClearScroll:
    scroll = ClearScroll(_centred(inner))
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return scroll
