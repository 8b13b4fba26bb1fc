"""The first start: how somebody will use visitapp, then their file, then the recovery sheet."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from visitapp.domain.exchange.succession import OFFICE_SUFFIX
from visitapp.domain.office.scheme import Role
from visitapp.ui.first_start.choosing import ChoosingPage
from visitapp.ui.first_start.pages import (
    JoiningPage,
    NewFilePage,
    QuestionsPage,
    centred,
    scrolling,
)
from visitapp.ui.first_start.reply import ReplyView
from visitapp.ui.first_start.taking_over.view import TakingOverPage
from visitapp.ui.first_start.taking_over.viewmodel import TakingOverViewModel
from visitapp.ui.first_start.viewmodel import (
    FirstStartViewModel,
    JoiningViewModel,
    NewFileViewModel,
)
from visitapp.ui.recovery.sheet_view import SheetView
from visitapp.ui.session import Session
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.window_dialogs import HelpDialog

_HELP = (
    "If you manage a scheme, say who you are, which scheme it is for, and choose a passphrase. You "
    "can change all of these later in Settings.\n\nIf you visit, your manager sends you an "
    "invitation, which is a file, and gives you a joining code by telephone. With both you join "
    "your scheme, and can log a visit at once. Send the reply that visitapp saves to your "
    "manager.\n\nIf you take over an office, the manager before you hands it over in Settings. You "
    "get a file and a code. Choose \u201cI take over from another manager\u201d.\n\nYour file "
    "stays on this computer and is encrypted. You will see a recovery code once. Print it and keep "
    "it at home. It opens the file if you forget the passphrase.\n\nIf "
    "you already have a file of records on this computer or a USB stick, open it instead. If you "
    "have a backup, restore it. It is copied to this computer, and the backup itself is not "
    "changed."
)


class FirstStartView(QWidget):
    """Signals: `other_file` when the person has a file already, `restore` a backup; `this_file`
    (path) when their file is there again."""

    other_file = Signal()
    this_file = Signal(object)
    restore = Signal()

    def __init__(self, session: Session, path: Path, note: str = "") -> None:
        """`note` stands above the questions until they are answered."""
        super().__init__()
        self.setProperty("surface", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.viewmodel = FirstStartViewModel(session, path, self)
        self.choosing = ChoosingPage(self.viewmodel)
        self.choosing.other.clicked.connect(self.other_file)
        self.choosing.restore.clicked.connect(self.restore)
        self.choosing.manages.connect(self.ask_manager)
        self.choosing.visits.connect(self.ask_visitor)
        self.choosing.joins.connect(self.join)
        self.choosing.takes_over.connect(self.take_over)
        self._chosen: QWidget = self.choosing.manage
        self.questions = QuestionsPage(self.viewmodel)
        self.joining: JoiningPage | None = None
        self.taking_over: TakingOverPage | None = None
        self.sheet: SheetView | None = None
        self.reply: ReplyView | None = None
        self._problems = QVBoxLayout()
        self._problems.setContentsMargins(24, 12, 24, 0)
        self._above = QWidget()
        self._above.setLayout(self._problems)
        self._stack = QStackedWidget()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(centred(self._above))
        outer.addWidget(self._stack, 1)
        self._stack.addWidget(scrolling(self.choosing))
        self._add_page(self.questions)
        self.viewmodel.returned.connect(self.this_file)
        QShortcut(QKeySequence("F1"), self, lambda: HelpDialog.ask(self, "First start", _HELP))
        if note:
            self._problems.addWidget(Banner("info", note))
        self.kept = self._about_kept()
        self._above.setVisible(self._problems.count() > 0)
        self.setFocusProxy(self.choosing)

    def _add_page(self, page: NewFilePage) -> None:
        self._stack.addWidget(page)
        page.back.connect(self.choose)
        page.viewmodel.problem.connect(self._on_problem)
        page.viewmodel.created.connect(partial(self._on_created, page.viewmodel))
        page.viewmodel.busy.connect(self._on_busy)

    def _about_kept(self) -> Banner | None:
        """No first start for whoever has records here, which were set aside and not replaced."""
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

    # -- from page to page ---------------------------------------------------------------

    def choose(self) -> None:
        """Ask the first question again."""
        self._on_problem("")
        self._show(self._stack.widget(0))
        self._chosen.setFocus()

    def ask_manager(self) -> None:
        """Ask a manager three questions."""
        self._ask_as(Role.MANAGER, self.choosing.manage)

    def ask_visitor(self) -> None:
        """Ask the same of a visitor who has no invitation yet."""
        self._ask_as(Role.VISITOR, self.choosing.no_invitation)

    def _ask_as(self, role: Role, chosen: QWidget) -> None:
        self._chosen = chosen
        self.questions.ask_as(role)
        self._show(self.questions)
        self.questions.setFocus()

    def join(self) -> None:
        """Ask for an invitation, its code and a passphrase."""
        self._chosen = self.choosing.join
        if self.joining is None:
            viewmodel = JoiningViewModel(self.viewmodel.session, self.viewmodel.path, self)
            self.joining = JoiningPage(viewmodel)
            self._add_page(self.joining)
        self._show(self.joining)
        self.joining.setFocus()

    def take_over(self) -> None:
        """Ask for an office that was handed over, its code, a name and a passphrase."""
        self._chosen = self.choosing.take_over
        if self.taking_over is None:
            viewmodel = TakingOverViewModel(self.viewmodel.session, self.viewmodel.path, self)
            self.taking_over = TakingOverPage(viewmodel)
            self._add_page(self.taking_over)
        self._show(self.taking_over)
        self.taking_over.setFocus()

    def take_file(self, path: Path) -> None:
        """A file was dropped: an office or an invitation, as long as no file is being made."""
        if self.sheet is not None or self.viewmodel.is_busy:
            return
        if path.suffix.lower() == OFFICE_SUFFIX:
            self.take_over()
            assert self.taking_over is not None
            self.taking_over.office.take(path)
        else:
            self.join()
            assert self.joining is not None
            self.joining.invitation.take(path)

    def open_demonstration(self) -> None:
        """As its button does."""
        self.choosing.look(Role.MANAGER)

    def _show(self, page: QWidget | None) -> None:
        if page is not None:
            self._stack.setCurrentWidget(page)

    # -- what became of it ---------------------------------------------------------------

    def _on_busy(self, busy: bool) -> None:
        if self.sheet is not None:
            self.sheet.go.setEnabled(not busy)
        if self.reply is not None:
            self.reply.go.setEnabled(not busy)

    def _on_problem(self, sentence: str) -> None:
        while (item := self._problems.takeAt(0)) is not None:
            banner = item.widget()
            if isinstance(banner, Banner):
                banner.close_banner()
        if sentence:
            self._problems.addWidget(Banner("bad", sentence))
        self._above.setVisible(bool(sentence))

    def may_leave(self, *, asks: bool) -> bool:
        """Whether the window may close: a recovery code that is on no paper is asked about."""
        if not asks or self.sheet is None or self.sheet.is_safe or self.reply is not None:
            return True
        self.sheet.ask_to_leave(self.window().close)
        return False

    def _on_created(self, viewmodel: NewFileViewModel, code: str) -> None:
        if isinstance(viewmodel, JoiningViewModel):
            self.sheet = SheetView(viewmodel.path, code, words="I have it on paper: continue")
            self.sheet.ready.connect(partial(self._show_reply, viewmodel))
        else:
            self.sheet = SheetView(viewmodel.path, code)
            self.sheet.ready.connect(viewmodel.open_created)
        self._on_problem("")
        shown = scrolling(self.sheet)
        self._stack.addWidget(shown)
        self._show(shown)
        self.sheet.print_button.setFocus()

    def _show_reply(self, viewmodel: JoiningViewModel) -> None:
        """The last step of joining."""
        self.reply = ReplyView(viewmodel)
        self.reply.go.clicked.connect(viewmodel.open_created)
        shown = scrolling(self.reply)
        self._stack.addWidget(shown)
        self._show(shown)
        self.reply.go.setFocus()
