"""What else can be made of the figures of the period that the page Reports shows."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from visitapp.domain.text.wording import count_text
from visitapp.domain.year.missing import Missing
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.reports.missing import MissingDialog, page_of
from visitapp.ui.widgets.buttons import DropButton, menu_action

if TYPE_CHECKING:
    from visitapp.ui.reports.view import ReportsView


class MoreButton(DropButton):
    """The menu beside *Export*, and what its lines do."""

    def __init__(self, view: "ReportsView") -> None:
        super().__init__("More")
        self._view, self._viewmodel, self._context = view, view.viewmodel, view.context
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
        if items := self._viewmodel.missing_items:
            title = f"What is missing ({count_text(len(items))})\u2026"
            menu_action(menu, title, self.show_missing)
        return menu

    def _kind_of_update(self) -> str:
        return self._context.years().kind_of_update(self._viewmodel.period)

    def save_update(self) -> None:
        """Ask where to save one or two pages on the period, and save them."""
        kind, period = self._kind_of_update(), self._viewmodel.period
        place = ask_for_place(self, f"{self._context.years().update_file_name(period)}.pdf")
        if place is None:
            return
        updates = self._context.services.updates
        self._context.jobs.run(
            lambda: updates.save(period, place.path, force=place.may_replace),
            owner=self._view,
            done=partial(self._view.say_saved, kind),
        )

    def show_comparison(self) -> None:
        """Show the figures of the period beside those that other bodies published."""
        from visitapp.ui.reports.comparison import ComparisonDialog

        service, period = self._context.services.indicators, self._viewmodel.period
        dialog = ComparisonDialog(self._view, service, period, self._context.years())
        dialog.exec()
        dialog.deleteLater()

    def show_missing(self) -> None:
        """List what is missing, and go to what is chosen there."""
        dialog = MissingDialog(self._view, self._viewmodel.missing_items)
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
                self._view.write(field.section, field.key)
