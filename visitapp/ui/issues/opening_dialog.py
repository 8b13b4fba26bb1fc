"""Opens an issue that no report raised."""

from collections.abc import Callable
from uuid import UUID, uuid4

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.report.place import WORDS_OF_ISSUES, Place
from visitapp.ui.issues.viewmodel import IssuesViewModel
from visitapp.ui.look.theme import fit
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow, Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.guarded_text import GuardedText
from visitapp.ui.widgets.picker import Picker

_FIELD, _WIDTH = 220, 620


class OpeningDialog(FormDialog):
    """Closes when the issue is saved; says in itself what is missing."""

    def __init__(
        self, parent: QWidget, viewmodel: IssuesViewModel, save: Callable[[OfficeIssue], object]
    ) -> None:
        super().__init__(
            parent,
            "Open an issue without a visit",
            "For what the office learns otherwise, such as from a complaint or from the force. It "
            "is followed up like any other, and not counted among what visitors raised.",
            "Open the issue",
        )
        fit(self, least_width=_WIDTH)
        self._viewmodel, self._save = viewmodel, save
        self.site = Picker("Site", width=_FIELD)
        self.site.set_choices(viewmodel.sites())
        self.category = Picker("Category", width=_FIELD)
        self.severity = Picker("How serious", width=_FIELD)
        self.day = DateField("Raised on", today=viewmodel.today)
        self.day.set_day(viewmodel.today)
        self.words = GuardedText("What the issue is", Place(WORDS_OF_ISSUES), viewmodel, lines=3)
        self.place, self.source = (
            GuardedText(name, Place(WORDS_OF_ISSUES), viewmodel, lines=1, one_line=True)
            for name in ("Where", "How the office knows")
        )
        rows = FlowRow(gap=16, down=8)
        for name, widget in (
            ("Site", self.site),
            ("Category", self.category),
            ("How serious", self.severity),
            ("Raised on", self.day),
        ):
            rows.add(FormRow(name, widget))
        self.reason = Reason()
        self.content.addWidget(rows)
        for name, texts in (
            ("Where (optional)", self.place),
            ("How the office knows (no names)", self.source),
            ("What the issue is", self.words),
        ):
            self.content.addWidget(FormRow(name, texts, wide=True))
        self.content.addWidget(self.reason)
        self.site.chosen.connect(self._on_site)
        self._on_site(None)
        self.site.setFocus()

    def _on_site(self, _key: object) -> None:
        """The words to choose from are those of the site's scheme."""
        site_id = self.site.key()
        known = site_id if isinstance(site_id, UUID) else None
        self.category.set_choices(self._viewmodel.concerns_at(known))
        self.severity.set_choices(self._viewmodel.every_severity(known))

    def event(self, event: QEvent) -> bool:
        """Make room for what the guard says below a text."""
        was_handled = super().event(event)
        if event.type() is QEvent.Type.LayoutRequest and self.isVisible():
            self.grow()
        return was_handled

    def accept(self) -> None:
        """Save and close, or say what is missing."""
        self.reason.say("")
        site_id, category, severity = self.site.key(), self.category.key(), self.severity.key()
        day = self.day.day()
        for field, missing in (
            (self.site, not isinstance(site_id, UUID)),
            (self.category, not category),
            (self.severity, not severity),
            (self.day, day is None),
        ):
            if missing or field.error():
                self.reason.say(field.error() or "Choose the site, category, severity and day.")
                field.setFocus()
                return
        for texts in (self.place, self.source, self.words):
            if texts.undecided():
                self.reason.say("Check the underlined words first. Change them, or keep them.")
                texts.setFocus()
                return
        assert isinstance(site_id, UUID)
        assert day is not None
        try:
            self._save(
                OfficeIssue(
                    uuid4(), self._viewmodel.scheme_of(site_id), site_id, day, str(category),
                    int(str(severity)), self.words.text(), self.place.text(), self.source.text(),
                    (*self.place.kept(), *self.source.kept(), *self.words.kept()),
                )
            )  # fmt: skip
        except VisitAppError as error:
            self.reason.say(str(error))
            self.words.setFocus()
            return
        super().accept()
