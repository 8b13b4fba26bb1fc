"""The head of the page Issues: an issue without a visit, the issue log, letters to the force."""

from functools import partial
from uuid import UUID

from visitapp.domain.errors import VisitAppError
from visitapp.domain.following.issue_log import IssueLetter
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.text.wording import long_date
from visitapp.ui.context import Context
from visitapp.ui.export_place import LETTER_FORMS, ask_for_place
from visitapp.ui.issues.letter_dialog import LetterDialog
from visitapp.ui.issues.opening_dialog import OpeningDialog
from visitapp.ui.issues.viewmodel import IssuesViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.page import Page

_LETTER = "letter"


class IssueDocumentsPage(Page):
    """A page with a button for each; the office alone has them."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Issues")
        self.viewmodel = IssuesViewModel(context)
        self.log_button = button("Issue log\u2026", self.save_log, icon="file-text")
        self.letter_button = button("Letter to the force\u2026", self.save_letter, icon="send")
        self.open_button = button("Open an issue\u2026", self.open_issue, icon="flag")
        self.open_button.setVisible(self.viewmodel.may_record)
        self.add_action(self.open_button)
        self._buttons = (self.log_button, self.letter_button)
        for each in self._buttons:
            self.add_action(each)

    def show_documents(self, *, anything: bool) -> None:
        """Show the buttons if there is `anything` to write about."""
        for each in self._buttons:
            each.setVisible(anything and self.viewmodel.may_record)

    def open_issue(self) -> None:
        """Ask for an issue that no report raised, and show it."""
        opened: list[OfficeIssue] = []

        def save(item: OfficeIssue) -> None:
            self.viewmodel.open_issue(item)
            opened.append(item)

        dialog = OpeningDialog(self, self.viewmodel, save)
        dialog.exec()
        dialog.deleteLater()
        for item in opened:
            self.show_issue(item.id)

    def show_issue(self, issue_id: UUID) -> None:
        """Show an issue, whatever the filters."""
        raise NotImplementedError

    def save_log(self) -> None:
        """Ask where to save the log of the reporting year so far, of the site that is chosen on the
        page or of all, and save it."""
        period = self.viewmodel.year_so_far()
        name = f"{self.viewmodel.log_name()}.pdf"
        place = ask_for_place(self, name, "Save the issue log")
        if place is None:
            return
        try:
            saved = self.context.services.reports.save_issue_log(
                period, place.path, site_ids=self.viewmodel.query.site_ids, force=place.may_replace
            )
        except VisitAppError as error:
            self.show_problem(error)
        else:
            self.context.say(f"The issue log is saved as {saved.path.name}.")

    def save_letter(self, *, reminds: bool = False) -> None:
        """Ask what the letter is about and where to save it, save it, and offer to record it. A
        reminder is chosen already if it `reminds`."""
        choices = self.viewmodel.letters()
        reminders = (about for about, _ in choices if about.is_reminder)
        about = LetterDialog.ask(self, choices, next(reminders, None) if reminds else None)
        if about is None:
            return
        reports = self.context.services.reports
        try:
            letter = reports.issue_letter(about)
            name = (
                f"{'Reminder' if letter.is_reminder else 'Letter'}, {long_date(letter.as_at)}.eml"
            )
            place = ask_for_place(self, name, "Save the draft", forms=LETTER_FORMS)
            if place is None:
                return
            saved = reports.save_letter(about, place.path, force=place.may_replace)
        except VisitAppError as error:
            self.show_problem(error)
            return
        self.show_banner(
            "info",
            f"The draft is saved as {saved.path.name}. When you have sent it, record it here.",
            [("Record as referred", partial(self._refer, letter))] if letter.to_answer else [],
            key=_LETTER,
            closes=True,
        )

    def _refer(self, letter: IssueLetter) -> None:
        try:
            self.viewmodel.refer(letter)
        except VisitAppError as error:
            self.show_problem(error)
        else:
            self.clear_banner(_LETTER)
