"""The locked page: a card with the name of the file, and a field for its passphrase or code."""

from pathlib import Path

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from visitapp.domain.text.wording import plural
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.restore.view import RestorePart
from visitapp.ui.session import Session
from visitapp.ui.unlock.viewmodel import UnlockViewModel
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import button, link_button, primary_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, icon_label, label, reference_font
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.passphrase_field import PassphraseField
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.window_dialogs import HelpDialog, ask_backup_to_restore, ask_salvaged

_HELP = (
    "Your records are in one file, encrypted with your passphrase. Type the passphrase to open "
    "the file.\n\nIf you have forgotten it, use the recovery code on the sheet you printed when "
    "you first started. Without the passphrase or the code nobody can open the file, and neither "
    "can we.\n\nIf the file is damaged, restore a backup. The damaged file is kept in the same "
    "folder."
)


_WELCOME = "Welcome back"
_WHETHER_CLOSED = (
    "Close it there first. If visitapp is not running on that computer, you can continue "
    "here. If it is still open there, changes made on one of the two computers will be lost."
)
_USUAL_WAIT = "It takes about a second."


class UnlockView(QWidget):
    """Signals: `other_file` to open another file, `new_file` to create one, `this_file` (path) for
    one that was just created; `restored` (sentence) before a restored file opens."""

    other_file = Signal()
    new_file = Signal()
    this_file = Signal(object)
    restored = Signal(str)

    def __init__(
        self, session: Session, path: Path, note: str = "", *, is_throw_away: bool = False
    ) -> None:
        super().__init__()
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.viewmodel = UnlockViewModel(session, path, self)
        self.viewmodel.busy.connect(self._on_busy)
        self.viewmodel.problem.connect(self._on_problem)
        self.viewmodel.waits.connect(self._on_waits)
        self.viewmodel.elsewhere.connect(self._on_elsewhere)
        self.viewmodel.damaged.connect(self._on_damaged)
        self.viewmodel.salvaged.connect(self._on_salvaged)
        self._waits: list[QWidget] = []
        self._banner: Banner | None = None
        self.restoring: RestorePart | None = None
        self._side = _side()
        card = QFrame()
        card.setProperty("class", "panel")
        fit(card, most_width=960)
        row = QHBoxLayout(card)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._side)
        self._form = QVBoxLayout()
        self._form.setContentsMargins(40, 32, 40, 32)
        self._form.setSpacing(12)
        row.addLayout(self._form, 1)
        self._fill(" ".join(filter(None, (note, self.viewmodel.tidy()))), is_throw_away)
        _centred(self, card)
        QShortcut(QKeySequence("F1"), self, lambda: HelpDialog.ask(self, "Locked", _HELP))
        self._arrange()
        self.setFocusProxy(self.field)
        self.viewmodel.must_wait()

    def _fill(self, note: str, is_throw_away: bool) -> None:
        form = self._form
        form.addStretch(1)
        self._title = label(_WELCOME, "h1", wrap=True)
        form.addWidget(self._title)
        self._about_file = [
            label(note or "Your file is locked.", "body", "text2", wrap=True),
            label("File", "strong"),
            self._file_row(),
        ]
        for part in self._about_file:
            form.addWidget(part)
        self.pages = QStackedWidget()
        self.pages.addWidget(self._by_passphrase())
        self.pages.addWidget(self._by_code())
        self._problems = QVBoxLayout()
        self._remedies = FlowRow()
        self._remedies.hide()
        self.progress = ProgressPanel()
        form.addLayout(self._problems)
        form.addWidget(self._remedies)
        form.addWidget(self.progress)
        form.addWidget(self.pages)
        self._line = hairline()
        form.addWidget(self._line)
        if is_throw_away:
            words = "This is the demonstration. It has no passphrase."
            form.addWidget(label(words, "body", "text2", wrap=True))
        self.demonstration = button(
            "Open the demonstration", self.viewmodel.open_demonstration, icon="play", small=True
        )
        self._waits.append(self.demonstration)
        self.forgotten = link_button("Forgotten it? Use the recovery sheet", self.show_code)
        self.another_new = link_button("Begin a new file", self.new_file.emit)
        self.backup = link_button("Restore a backup\u2026", self.ask_backup)
        self._waits += [self.another_new, self.backup]
        self.others = FlowRow(
            self.demonstration, self.forgotten, self.backup, self.another_new, gap=16
        )
        form.addWidget(self.others)
        form.addStretch(1)

    def _file_row(self) -> QFrame:
        frame = QFrame()
        frame.setProperty("class", "card")
        row = QHBoxLayout(frame)
        row.setContentsMargins(10, 4, 6, 4)
        row.setSpacing(8)
        row.addWidget(icon_label("file-lock", 20, "text2"))
        name = label(self.viewmodel.path.name, "body", wrap=True)
        name.setToolTip(str(self.viewmodel.path))
        row.addWidget(name)
        row.addWidget(label(self.viewmodel.folder_words, "second", "text2", wrap=True), 1)
        self.another = link_button("Another file\u2026", self.other_file.emit)
        self._waits.append(self.another)
        row.addWidget(self.another)
        return frame

    def _by_passphrase(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.field = PassphraseField("Passphrase")
        self.field.entered.connect(self._unlock)
        column.addWidget(FormRow("Passphrase", self.field, wide=True))
        row = QHBoxLayout()
        row.setSpacing(16)
        self.go = primary_button("Unlock", self._unlock, icon="lock-open", main=True)
        self.go.setToolTip("Enter")
        self.wait = label(_USUAL_WAIT, "second", "text2", wrap=True)
        row.addWidget(self.go)
        row.addWidget(self.wait, 1)
        column.addLayout(row)
        column.addStretch(1)
        self._waits += [self.field, self.go]
        return page

    def _by_code(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.code = LineField()
        self.code.setAccessibleName("Recovery code")
        self.code.setFont(reference_font(self.code.font()))
        self.code.returnPressed.connect(self._use_code)
        column.addWidget(
            FormRow(
                "Recovery code",
                self.code,
                "Six groups of six; capitals, spaces and dashes don\u2019t matter",
                wide=True,
            )
        )
        row = QHBoxLayout()
        row.setSpacing(16)
        self.use = primary_button("Open with the code", self._use_code, icon="key-round", main=True)
        row.addWidget(self.use)
        self.back = link_button("Use the passphrase", self.show_passphrase)
        row.addWidget(self.back)
        row.addStretch(1)
        column.addLayout(row)
        self.wait_for_code = label("", "second", "text2", wrap=True)
        self.wait_for_code.hide()
        column.addWidget(self.wait_for_code)
        column.addStretch(1)
        self._waits += [self.code, self.use]
        return page

    def show_code(self) -> None:
        """Ask for the recovery code instead of the passphrase."""
        self.pages.setCurrentIndex(1)
        self.forgotten.hide()
        self.code.setFocus()

    def show_passphrase(self) -> None:
        """Ask for the passphrase again."""
        self._leave_restore()
        self._on_problem("")
        self.pages.setCurrentIndex(0)
        self.forgotten.show()
        self.field.setFocus()

    def ask_backup(self) -> None:
        """Ask which backup to restore, and show what will happen."""
        folder = self.viewmodel.path.absolute().parent
        chosen = ask_backup_to_restore(self, folder if folder.is_dir() else Path.home())
        if chosen is not None:
            self.show_restore(chosen)

    def show_restore(self, backup: Path) -> None:
        """Ask for the passphrase of a backup instead of this file's."""
        self._leave_restore()
        self._on_problem("")
        self.restoring = part = RestorePart(self.viewmodel.restoring(backup))
        part.left.connect(self.show_passphrase)
        part.viewmodel.busy.connect(self._on_busy)
        part.viewmodel.problem.connect(self._on_problem)
        part.viewmodel.elsewhere.connect(self._on_restore_elsewhere)
        part.viewmodel.restored.connect(self._on_restored)
        self.pages.addWidget(part)
        self.pages.setCurrentWidget(part)
        self._title.setText("Restore a backup")
        for other in (*self._about_file, self._line, self.others):
            other.hide()
        part.field.setFocus()

    def _leave_restore(self) -> None:
        if self.restoring is not None:
            self.pages.removeWidget(self.restoring)
            self.restoring.deleteLater()
            self.restoring = None
        self._title.setText(_WELCOME)
        for other in (*self._about_file, self._line, self.others):
            other.show()

    def _on_restored(self, sentence: str, words: str, by_code: bool) -> None:
        self.show_passphrase()
        self.restored.emit(sentence)
        self.viewmodel.open_with(words, by_code=by_code)

    def _salvage(self) -> None:
        records = self.viewmodel.path
        chosen = ask_salvaged(self, records.with_stem(f"{records.stem}-saved"))
        job = None if chosen is None else self.viewmodel.salvage(chosen)
        if job is not None:
            self.progress.follow(job, "Reading what can be read")

    def _unlock(self) -> None:
        self.viewmodel.unlock(self.field.text())

    def _use_code(self) -> None:
        self.viewmodel.use_code(self.code.text())

    def _on_busy(self, busy: bool) -> None:
        for widget in self._waits:
            widget.setEnabled(not busy)
        self.wait.setText("Opening\u2026" if busy else _USUAL_WAIT)

    def _on_waits(self, seconds: int) -> None:
        """Count down to the next try, after several wrong ones."""
        for go_button in (self.go, self.use):
            go_button.setEnabled(not seconds)
        word = plural(seconds, "second")
        sentence = f"Too many wrong tries. You can try again in {seconds} {word}."
        self.wait.setText(sentence if seconds else _USUAL_WAIT)
        self.wait_for_code.setText(sentence)
        self.wait_for_code.setVisible(seconds > 0)

    def _on_problem(self, sentence: str) -> None:
        self._say("bad", sentence)
        if sentence and self.restoring is not None:
            self.restoring.ask_again()
        elif sentence:
            field = self.field.edit if self.pages.currentIndex() == 0 else self.code
            field.setFocus()
            field.selectAll()

    def _on_elsewhere(self, where: str) -> None:
        """Ask the user: only they know whether the program is closed on the other computer."""
        here = button("Open it here", self.viewmodel.open_here, icon="lock-open")
        self._ask_whether_closed(where, here)

    def _on_restore_elsewhere(self, where: str) -> None:
        part = self.restoring
        assert part is not None
        here = button("Replace it here", part.replace_here, icon="history")
        self._ask_whether_closed(where, here)

    def _ask_whether_closed(self, where: str, here: QWidget) -> None:
        self._say("warn", f"{where} {_WHETHER_CLOSED}", here)
        here.setFocus()

    def _on_damaged(self, sentence: str, is_readable: bool) -> None:
        """Show what is wrong with the file, and what can be done about it."""
        restore = button("Restore a backup\u2026", self.ask_backup, icon="history")
        remedies = [restore]
        if is_readable:
            save = button("Save what can be read\u2026", self._salvage, icon="save")
            remedies.append(save)
        self._say("bad", sentence, *remedies)
        restore.setFocus()

    def _on_salvaged(self, target: Path, sentence: str) -> None:
        show = primary_button("Open it", lambda: self.this_file.emit(target), icon="folder-open")
        self._say("good", f"{sentence} It is saved as {target.name}.", show)
        show.setFocus()

    def _say(self, kind: str, sentence: str, *remedies: QWidget) -> None:
        if self._banner is not None:
            self._problems.removeWidget(self._banner)
            self._banner.close_banner()
            self._banner = None
        if sentence:
            self._banner = Banner(kind, sentence)
            self._problems.addWidget(self._banner)
        self._remedies.clear()
        for remedy in remedies:
            self._remedies.add(remedy)
        self._remedies.setVisible(bool(remedies))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window, show only the form."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """At large text, show only the form."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_side"):
            self._arrange()

    def _arrange(self) -> None:
        self._side.setVisible(self.width() >= theme().px(940))


def _side() -> QFrame:
    side = QFrame()
    side.setProperty("class", "welcome")
    fit(side, width=384)
    column = QVBoxLayout(side)
    column.setContentsMargins(34, 36, 34, 36)
    column.setSpacing(8)
    column.addWidget(icon_label("eye", 44, "onPrimary"))
    column.addSpacing(16)
    column.addWidget(label("visitapp", "hero", "onPrimary"))
    column.addWidget(label("Custody and animal welfare visiting", "lead", "onPrimary", wrap=True))
    column.addStretch(1)
    for icon, words in (
        ("lock", "Your file is encrypted, and nothing is sent from this computer."),
        ("save", "Every change was saved as you made it. You will come back to where you were."),
    ):
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(icon_label(icon, 20, "onPrimary"), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(words, "body", "onPrimary", wrap=True), 1)
        column.addLayout(row)
        column.addSpacing(8)
    return side


def _centred(view: QWidget, card: QWidget) -> None:
    """The card in the centre of a page that scrolls if there is no room."""
    inner = QWidget()
    outer = QVBoxLayout(inner)
    outer.setContentsMargins(20, 20, 20, 20)
    outer.addStretch(1)
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(card, 20)
    row.addStretch(1)
    outer.addLayout(row)
    outer.addStretch(1)
    scroll = ClearScroll(inner)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    layout = QVBoxLayout(view)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(scroll)
