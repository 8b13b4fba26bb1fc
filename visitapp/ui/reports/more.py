"""What else can be made of the figures of the period that the page Reports shows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.domain.text.wording import count_text
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.domain.year.missing import Missing
from visitapp.domain.year.visit_list import CountedVisits, VisitQuery
from visitapp.services.year.report_files import LaidOut
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.reports.behind import target_of
from visitapp.ui.reports.document_preview import DocumentPreview
from visitapp.ui.reports.missing import MissingDialog, page_of
from visitapp.ui.reports.own_sections import TITLE, OwnSectionsDialog
from visitapp.ui.reports.viewmodel import ReportsViewModel
from visitapp.ui.widgets.buttons import DropButton, menu_action
from visitapp.ui.widgets.page import Page


class MoreButton(DropButton):
    """The menu beside *Export*, and what its lines do.

    Signals: `saved` (kind of document, SavedReport); `asked_to_write` (section, key of a text);
    `began` (Job, sentence) when a document is being made.
    """

    began = Signal(object, str)
    saved = Signal(str, object)
    asked_to_write = Signal(str, str)

    def __init__(self, page: Page, viewmodel: ReportsViewModel) -> None:
        super().__init__("More")
        self._page, self._viewmodel, self._context = page, viewmodel, page.context
        self.show_choice("More")
        self.clicked.connect(self._open)

    def _open(self) -> None:
        menu = self.menu_of_documents()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)

    def menu_of_documents(self) -> QMenu:
        """The menu."""
        menu = QMenu(self)
        if self._manages:
            for kind in DocumentKind:
                title = self._words(kind)
                menu_action(menu, f"{title}\u2026", partial(self.show_document, kind))
        else:
            menu_action(menu, f"{self._words(DocumentKind.UPDATE)}\u2026", self.save_update)
        if self._manages and self._viewmodel.report and self._viewmodel.chosen is None:
            menu_action(menu, f"{TITLE}\u2026", self.show_own_sections)
        menu_action(menu, "Compare with other schemes\u2026", self.show_comparison)
        if items := self._viewmodel.missing_items:
            title = f"What is missing ({count_text(len(items))})\u2026"
            menu_action(menu, title, self.show_missing)
        return menu

    @property
    def _manages(self) -> bool:
        return self._context.services.access.actor.role is Role.MANAGER

    def _words(self, kind: DocumentKind) -> str:
        return kind.words(self._context.years(), self._viewmodel.period)

    def show_document(self, kind: DocumentKind) -> None:
        """Make a document on the period, and show it."""
        documents, period = self._context.services.documents, self._viewmodel.period
        job = self._context.jobs.run(
            lambda progress: documents.pages(kind, period, progress),
            owner=self._page,
            done=partial(self._on_made, kind, period),
            progress=True,
        )
        self.began.emit(job, f"Preparing {self._words(kind)}")

    def _on_made(self, kind: DocumentKind, period: Period, laid_out: LaidOut) -> None:
        title, services = kind.words(self._context.years(), period), self._context.services
        dialog = DocumentPreview(self._page, title, laid_out, services.reports)
        is_wanted = dialog.exec() == DocumentPreview.DialogCode.Accepted
        asked = dialog.asked
        dialog.deleteLater()
        if asked is not None:
            whole = VisitQuery(period=period, counted=CountedVisits.MADE)
            self._context.go(*target_of(asked, {}, whole))
        if not is_wanted:
            return
        name = f"{kind.file_name(self._context.years(), period)}.pdf"
        place = ask_for_place(self, name, f"Save: {title}")
        if place is not None:
            self._context.jobs.run(
                lambda: services.documents.save(kind, period, place.path, force=place.may_replace),
                owner=self._page,
                done=partial(self.saved.emit, title),
            )

    def save_update(self) -> None:
        """In a copy to read: ask where to save one or two pages on the period, and save them."""
        kind, period = self._words(DocumentKind.UPDATE), self._viewmodel.period
        place = ask_for_place(self, f"{self._context.years().update_file_name(period)}.pdf")
        if place is None:
            return
        updates = self._context.services.updates
        self._context.jobs.run(
            lambda: updates.save(period, place.path, force=place.may_replace),
            owner=self._page,
            done=partial(self.saved.emit, kind),
        )

    def show_comparison(self) -> None:
        """Show the figures of the period beside those that other bodies published."""
        from visitapp.ui.reports.comparison import ComparisonDialog

        service, period = self._context.services.indicators, self._viewmodel.period
        dialog = ComparisonDialog(self._page, service, period, self._context.years())
        dialog.exec()
        dialog.deleteLater()

    def show_own_sections(self) -> None:
        """Show the sections of the report, to add some of one's own; go to the one chosen there."""
        viewmodel, context = self._viewmodel, self._context
        service, period = context.services.year_texts, viewmodel.period
        titles = viewmodel.report.titles if viewmodel.report else ()
        dialog = OwnSectionsDialog(
            self._page, service, period, titles, viewmodel.text, context.tell
        )
        dialog.exec()
        section = dialog.chosen
        dialog.deleteLater()
        if section is not None:
            viewmodel.renew()
            viewmodel.include(section.field)
            self.asked_to_write.emit(section.title, section.key)

    def show_missing(self) -> None:
        """List what is missing, and go to what is chosen there."""
        dialog = MissingDialog(self._page, self._viewmodel.missing_items)
        dialog.exec()
        chosen = dialog.chosen
        dialog.deleteLater()
        if chosen is not None:
            self.go_to(chosen)

    def go_to(self, item: Missing) -> None:
        """Go where something that is missing is put right."""
        page = page_of(item)
        if page != "reports":
            self._context.go(page, item.target)
            return
        fields = self._viewmodel.report.fields if self._viewmodel.report else ()
        for field in fields:
            if field.key == item.target:
                self.asked_to_write.emit(field.section, field.key)
