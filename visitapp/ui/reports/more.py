"""What else can be made of the figures of the period that the page Reports shows."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from visitapp.domain.text.wording import count_text
from visitapp.domain.year.missing import Missing
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.reports.missing import MissingDialog, page_of
from visitapp.ui.reports.viewmodel import ReportsViewModel
from visitapp.ui.widgets.buttons import DropButton, menu_action
from visitapp.ui.widgets.page import Page


class MoreButton(DropButton):
    """The menu beside *Export*, and what its lines do.

    Signals: `saved` (kind of document, SavedReport); `asked_to_write` (section, key of a text).
    """

    saved = Signal(str, object)
    asked_to_write = Signal(str, str)

    def __init__(self, page: Page, viewmodel: ReportsViewModel) -> None:
        super().__init__("More")
        self._page, self._pagemodel, self._context = page, viewmodel, page.context
        self.show_choice("More")
        self.clicked.connect(self._open)

    def _open(self) -> None:
        menu = self.menu_of_documents()
        menu.aboutToHide.connect(menu.deleteLater)
        self.open_menu(menu)

    def menu_of_documents(self) -> QMenu:
        """The menu."""
        menu = QMenu(self)
        menu_action(menu, f"{self._kind_of_update()}\u2026", self.save_update)
        menu_action(menu, "Compare with other schemes\u2026", self.show_comparison)
        if items := self._pagemodel.missing_items:
            title = f"What is missing ({count_text(len(items))})\u2026"
            menu_action(menu, title, self.show_missing)
        return menu

    def _kind_of_update(self) -> str:
        return self._context.years().kind_of_update(self._pagemodel.period)

    def save_update(self) -> None:
        """Ask where to save one or two pages on the period, and save them."""
        kind, period = self._kind_of_update(), self._pagemodel.period
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

        service, period = self._context.services.indicators, self._pagemodel.period
        dialog = ComparisonDialog(self._page, service, period, self._context.years())
        dialog.exec()
        dialog.deleteLater()

    def show_missing(self) -> None:
        """List what is missing, and go to what is chosen there."""
        dialog = MissingDialog(self._page, self._pagemodel.missing_items)
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
        fields = self._pagemodel.report.fields if self._pagemodel.report else ()
        for field in fields:
            if field.key == item.target:
                self.asked_to_write.emit(field.section, field.key)
