"""The page "Log a visit": begin or continue a report, write, check and sign it."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.report_sections import CHECK
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.period import Period
from visitapp.domain.reading.report_lines import by_whom, heading
from visitapp.domain.text.wording import joined, lowered
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.log.form import TO_CHECK, FormView
from visitapp.ui.log.start import StartView
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.icons import set_icon
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.buttons import button, link_button, primary_button
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.dialogs import SureDialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import SAVING, Page
from visitapp.ui.widgets.shortcuts import add_shortcut
from visitapp.ui.widgets.tag import Tag

_SECTION_KEYS = 9


class LogView(Page):
    """A target is the id of a draft, a Kind for a new report, or None."""

    says_when_saved = True

    help_text = (
        "Fill in the sections in any order. We save every change. Nothing is compulsory until "
        "you sign, and you can stop at any time.\n\n"
        "Ctrl+1 to Ctrl+9 open a section, Ctrl+Page Down the next; Ctrl+Shift+A checks your "
        "answers. Ctrl+Z undoes, Ctrl+Y redoes. Enter goes to the next field. Type times as 1430, "
        "14.30 or 2:30pm, or N for now; T is today. In numbers, + and \u2212 count. Letters "
        "answer and go on: S satisfactory, C concern, Y yes, N no, X did not check. Backspace "
        "clears an answer; Ctrl+Shift+R marks the rest as not checked. Ctrl+Shift+I adds an "
        "issue.\n\n"
        "In a table, type in a cell: a word or a code completes. Tab goes to the next cell, "
        "Enter to the next row, Ctrl+Enter adds a row, Ctrl+D copies from above, Delete removes "
        "a row. For animals, Ctrl+Space marks the needs without an answer as met.\n\n"
        "At the end, check your answers: Up and Down read them line by line. Both of you type your "
        "names, and the report is locked."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Log a visit", scrolls=False)
        self.viewmodel = LogViewModel(context, self)
        self.follow(self.viewmodel)
        self.undo_stack = self.viewmodel.undoing.stack
        self._saved = Tag("", "good", plain=True)
        self._draft = Tag("Draft", "info", "pencil")
        self.add_action(self._saved)
        self.add_action(self._draft)
        self.start = StartView()
        self.start.draft_chosen.connect(self._on_draft)
        self.start.scheme_chosen.connect(self._on_scheme)
        self._start_scroll = ClearScroll(self.start)
        self._start_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = FormView(self.viewmodel, self._on_look_at_day)
        self.form.discard_wanted.connect(self._on_discard)
        self.form.check.confirm.confirmed.connect(self._on_confirmed)
        self.body.addWidget(self._start_scroll)
        self.body.addWidget(self.form)
        self._cursor = QTimer(self)
        self._cursor.setSingleShot(True)
        self._cursor.timeout.connect(self._take_cursor)
        self._make_foot()
        self._make_shortcuts()
        viewmodel = self.viewmodel
        viewmodel.opened.connect(self._on_opened)
        viewmodel.answered.connect(self._show_head)
        viewmodel.judged.connect(self._show_head)
        viewmodel.moved.connect(self._on_moved)
        viewmodel.signed.connect(self._on_signed)
        viewmodel.keeper.saved.connect(self._on_saved)
        viewmodel.keeper.failed.connect(self._on_failed)
        self._on_opened()

    def _make_foot(self) -> None:
        self.back = button("", self.go_back, icon="arrow-left")
        self._note = label("Every change is saved as you type.", "second", "text2")
        self._waits = label("", "second", "text2", wrap=True)
        self._waits.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._waits.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.later = link_button("Leave for later", self.leave_for_later)
        self.next = primary_button("", self.go_next, shortcut="Ctrl+PgDown")
        self.sign = primary_button("Sign and lock the report", self._on_sign, icon="lock")
        self.set_foot(self.back, self._note, self._waits, self.later, self.next, self.sign)

    def _make_shortcuts(self) -> None:
        for number in range(1, _SECTION_KEYS + 1):
            add_shortcut(self, f"Ctrl+{number}", partial(self._open_number, number))
        add_shortcut(self, TO_CHECK, partial(self._open, CHECK))
        add_shortcut(self, "Ctrl+Return", self._on_ctrl_enter)
        add_shortcut(self, "Ctrl+Enter", self._on_ctrl_enter)
        add_shortcut(self, "Ctrl+PgDown", self.go_next)
        add_shortcut(self, "Ctrl+PgUp", self.go_back)
        add_shortcut(self, "Ctrl+Shift+I", self._on_add_issue)
        add_shortcut(self, "Ctrl+Shift+R", self._on_rest)
        add_shortcut(self, "Alt+Left", partial(self._on_turn, -1))
        add_shortcut(self, "Alt+Right", partial(self._on_turn, 1))

    # Opening and leaving

    def open_target(self, target: object) -> None:
        """Open a draft, or begin a report for a scheme or the first of a kind."""
        if isinstance(target, UUID):
            self.viewmodel.open_draft(target)
        elif isinstance(target, Scheme | Kind):
            self.viewmodel.open_new(target)
        self._take_cursor()

    def _take_cursor(self) -> None:
        self._cursor.stop()
        if not self.isVisible():
            return
        if self.viewmodel.is_open:
            self.form.take_cursor()
        else:
            self.start.focus_first()

    def _choose(self) -> None:
        schemes = self.viewmodel.schemes()
        if len(schemes) == 1 and not self.viewmodel.drafts():
            self.open_target(schemes[0])
        else:
            self._show_start()

    def show_top(self) -> None:
        """Where a report is open, offer to go on with it, or to begin another. What was typed is
        kept as a draft; where it can't be, the report stays."""
        keeper = self.viewmodel.keeper
        if self.viewmodel.is_open and (keeper.draft is not None or keeper.is_dirty):
            self.viewmodel.leave()
            self._cursor.start()  # later, when the choices are shown

    def place(self) -> object:
        """The draft that is being written."""
        self.viewmodel.flush()
        draft = self.viewmodel.keeper.draft
        return None if draft is None else draft.id

    def prepare_to_leave(self) -> str:
        """Save everything before the window locks or closes."""
        kept = super().prepare_to_leave()
        return kept if self.viewmodel.flush() else self.viewmodel.keeper.problem

    def showEvent(self, event: QShowEvent) -> None:
        """Show what there is to continue; if there is nothing to choose, begin a report."""
        super().showEvent(event)
        if event.spontaneous():
            return
        if not self.viewmodel.is_open:
            self._choose()
        self._cursor.start()  # later: a hidden widget can't take the cursor

    def hideEvent(self, event: QHideEvent) -> None:
        """Save when another page is shown or the window closes."""
        super().hideEvent(event)
        if not event.spontaneous():
            self.viewmodel.flush()

    def leave_for_later(self) -> None:
        """Close the report and keep it as a draft."""
        was = self.title
        self.viewmodel.leave()
        if not self.viewmodel.is_open:
            self.context.say(f"{was}: saved as a draft.")
            self.context.go("home")

    # Moving between sections

    def _keys(self) -> list[str]:
        return [*(section.key for section in self.viewmodel.sections()), CHECK]

    def _open_number(self, number: int) -> None:
        sections = self._keys()[:-1] if self.viewmodel.is_open else []
        if number <= len(sections):
            self._open(sections[number - 1])

    def _open(self, key: str) -> None:
        if self.viewmodel.is_open:
            self.form.open_section(key)

    def _on_ctrl_enter(self) -> None:
        """Add a row if the current section has rows, otherwise go to the next section."""
        section = self.form.current()
        if section is None or not section.add_by_key():
            self.go_next()

    def _on_add_issue(self) -> None:
        """Open the issue of the concern in view, otherwise add a separate issue."""
        section = self.form.current()
        if self.viewmodel.is_open and not (section is not None and section.issue_by_key()):
            self.form.add_issue()

    def _on_rest(self) -> None:
        if (section := self.form.current()) is not None:
            section.rest_by_key()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move to the next field with Enter."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        enters = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not plain
        if not (enters and self.viewmodel.is_open and self.form.go_to_next_field()):
            super().keyPressEvent(event)

    def _on_turn(self, step: int) -> None:
        if (section := self.form.current()) is not None:
            section.turn(step)

    def go_next(self) -> None:
        """Go to the next section; after the last to "Check your answers"; then to the names; then
        sign."""
        if not self.viewmodel.is_open:
            return
        keys = self._keys()
        at = keys.index(self.viewmodel.keeper.section)
        if at + 1 < len(keys):
            self.form.open_section(keys[at + 1])
        elif not self.form.check.confirm.focus_first():
            self._on_sign()

    def go_back(self) -> None:
        """Go to the previous section."""
        if self.viewmodel.is_open:
            keys = self._keys()
            at = keys.index(self.viewmodel.keeper.section)
            self.form.open_section(keys[max(at - 1, 0)])

    # What is shown

    def _on_opened(self) -> None:
        is_open = self.viewmodel.is_open
        self.form.setVisible(is_open)
        self._start_scroll.setVisible(not is_open)
        self._show_foot()
        if is_open:
            self.clear_banner()
            self._show_head()
        else:
            self._show_start()

    def _show_start(self) -> None:
        self.set_title("Log a visit")
        self.set_facts("")
        self._saved.hide()
        self._draft.hide()
        self.start.show_choices(self.viewmodel.drafts(), self.viewmodel.schemes())

    def _show_head(self) -> None:
        if not self.viewmodel.is_open:
            return
        viewmodel, reading = self.viewmodel, self.viewmodel.reading
        about = viewmodel.surroundings()
        title = heading(reading.visit, about, has_day=reading.has_day)
        who = by_whom(reading.visit, about) + viewmodel.replaces_text()
        if viewmodel.keeper.section == CHECK:
            self.set_title("Check your answers")
            self.set_facts(f"{title}: {lowered(who)}")
        else:
            self.set_title(title)
            self.set_facts(who)
        self._show_saved()
        self._show_foot()

    def _show_saved(self) -> None:
        words, failed = self.viewmodel.keeper.saved_text, bool(self.viewmodel.keeper.problem)
        kind, icon = ("bad", "triangle-alert") if failed else ("good", "check")
        self._saved.show_state(words, kind, icon)
        self._saved.setVisible(bool(words))
        note = "Every change is saved as you type."
        self._note.setText("Not saved: see above." if failed else note)
        self._draft.show()

    def _show_foot(self) -> None:
        viewmodel = self.viewmodel
        self._foot_frame().setVisible(viewmodel.is_open)
        if not viewmodel.is_open:
            return
        keys, at = self._keys(), self._keys().index(viewmodel.keeper.section)
        titles = [section.title for section in viewmodel.sections()]
        checks = viewmodel.keeper.section == CHECK
        self.back.setVisible(at > 0)
        if at > 0:
            self.back.setText("Back to the sections" if checks else titles[at - 1])
            set_icon(self.back, "arrow-left", 18, "text")
        self.next.setVisible(not checks)
        self.sign.setVisible(checks)
        if not checks:
            follows = "Check your answers" if at == len(keys) - 2 else titles[at + 1]
            self.next.setText(f"Next: {follows}")
        waiting = viewmodel.waiting() if checks and not viewmodel.judgement.blocking else []
        self.sign.setEnabled(not waiting)
        set_icon(self.sign, "lock", 18, "onPrimary")
        self._waits.setText(f"Waiting for {joined(waiting)} to confirm" if waiting else "")
        self._note.setVisible(not waiting and not self._is_tight())

    def _is_tight(self) -> bool:
        return self.width() < theme().px(800)

    def _foot_frame(self) -> QWidget:
        assert self._foot is not None
        return self._foot

    def _on_moved(self) -> None:
        self._show_head()

    def _on_saved(self) -> None:
        self.clear_banner(SAVING)
        self._show_saved()

    def _on_failed(self, sentence: str) -> None:
        self.show_not_saved(sentence, self.viewmodel.flush)
        self._show_saved()

    # What is done

    def _on_draft(self, draft_id: UUID) -> None:
        self.open_target(draft_id)

    def _on_scheme(self, scheme: Scheme) -> None:
        self.open_target(scheme)

    def _on_discard(self) -> None:
        sentence = (
            "You can bring it back until visitapp is locked or closed. Signed reports cannot be "
            "discarded."
        )
        if SureDialog.ask(
            self, f"Discard the draft \u201c{self.title}\u201d?", sentence, "Discard"
        ):
            try:
                gone = self.viewmodel.discard()
            except VisitAppError as error:
                self.show_problem(error)
                return
            self.context.say("Draft discarded.")
            if gone is not None:
                act = ("Bring it back", partial(self._on_bring_back, gone))
                words = "Draft discarded."
                self.show_banner("info", words, [act], key="discarded", closes=True)

    def _on_bring_back(self, draft: Draft) -> None:
        self.clear_banner("discarded")
        self.viewmodel.bring_back_draft(draft)
        self._take_cursor()

    def _on_sign(self) -> None:
        try:
            done = self.viewmodel.sign()
        except VisitAppError as error:
            self.show_problem(error)
            return
        if not done:
            self.form.check.refresh()
            self.form.scroller.verticalScrollBar().setValue(0)
            self.form.check.focus_first()
            self._show_foot()

    def _on_confirmed(self, by_all: bool) -> None:
        self._show_foot()
        if by_all:
            self.sign.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_signed(self, visit_id: UUID) -> None:
        visit = self.context.services.visits.get(visit_id)
        self.context.say(f"Report {visit.ref} is signed and locked.")
        self.context.go("visits", visit_id)

    def _on_look_at_day(self) -> None:
        visit = self.viewmodel.reading.visit
        day = visit.arrived.day
        self.context.go("visits", VisitQuery(site_ids=(visit.site_id,), period=Period(day, day)))

    def changeEvent(self, event: QEvent) -> None:
        """Arrange the foot again for another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "sign"):
            self._show_foot()
