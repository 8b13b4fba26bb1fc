"""The page Reports: a preview of the annual report, and the texts written for it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QStackedWidget,
    QWidget,
)

from visitapp.domain.period import Period
from visitapp.domain.text.wording import number_of
from visitapp.ui.context import Context
from visitapp.ui.export_place import ask_for_place
from visitapp.ui.jobs import Job
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, HEAD, INSET, MARGIN
from visitapp.ui.reports.more import MoreButton
from visitapp.ui.reports.preview import Preview
from visitapp.ui.reports.report import Picture
from visitapp.ui.reports.side import WIDTH, SidePanels
from visitapp.ui.reports.tablemodel import SectionTableModel
from visitapp.ui.reports.viewmodel import ReportsViewModel
from visitapp.ui.reports.writer import SectionWriter
from visitapp.ui.widgets.buttons import (
    DropButton,
    button,
    menu_action,
    menu_choice,
    primary_button,
)
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.page import SAVING, Page
from visitapp.ui.widgets.panel import Columns, Panel
from visitapp.ui.widgets.period_chooser import PeriodChooser
from visitapp.ui.widgets.progress import ProgressPanel
from visitapp.ui.widgets.table import TableWidget
from visitapp.ui.widgets.table_cursor import go_to

if TYPE_CHECKING:
    from visitapp.services.year.report_files import SavedReport

_ALL_SITES, _NAME = "All sites", 130
_LIST, _PAGES_LEAST, _HEIGHT_LEAST, _DROP_FROM = 268, 380, 360, 1.5


class _Steady(QWidget):
    """Holds widgets that scroll or wrap by themselves. It reports no height for its width, so that
    the page fits the window."""

    def hasHeightForWidth(self) -> bool:
        """No, whatever it holds."""
        return False


class ReportsView(Page):
    """Sections on the left, pages or text fields in the middle, figures and checks on the right."""

    _about_pages = (
        "The annual report is made from the visits in the period, and shown here as it will be "
        "exported. Use Page Up and Page Down to turn the pages, and plus and minus to change "
        "their size.\n\nChoose a site for a report on its visits alone."
    )
    help_text = _about_pages + (
        "\n\nWrite your own text under Texts of the report. We save it as you type, "
        "with the year. Lists and bold words from Word stay; Ctrl+B and Ctrl+Shift+L make them. "
        "Draft from the figures begins an empty text. You can also reword each sentence that was "
        "drafted from the figures. More, Sections of your own adds others.\n\nUse the link next to "
        "a section to list the visits behind its figures, or click a figure of the page. By keys: "
        "Left and Right choose a figure, Enter lists its visits."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Reports")
        if context.reads_only:
            self.help_text = self._about_pages
        self.viewmodel = ReportsViewModel(context)
        self.follow(self.viewmodel)
        self._make_head_actions()
        self._make_middle()
        viewmodel = self.viewmodel
        viewmodel.ready.connect(self._on_ready)
        viewmodel.moved.connect(self._on_moved)
        viewmodel.writing.connect(self._on_writing)
        viewmodel.pictured.connect(self._on_pictured)
        viewmodel.began.connect(self._on_began)
        viewmodel.kept.connect(self._on_kept)
        viewmodel.keeper.saved.connect(self._on_saved)
        viewmodel.keeper.failed.connect(self._on_not_saved)
        viewmodel.exported.connect(self._on_exported)
        self._on_ready()

    # -- layout --------------------------------------------------------------------------

    def _make_head_actions(self) -> None:
        self.period = PeriodChooser(self.viewmodel.today, self.context.years)
        self.period.set_period(self.viewmodel.period)
        self.period.chosen.connect(self.viewmodel.choose_period)
        self.sites = DropButton("Sites", "building-2")
        self.sites.clicked.connect(lambda: _open_below(self.sites, self.sites_menu()))
        self.export_button = primary_button("Export PDF\u2026", self.ask_where, icon="download")
        self.more = MoreButton(self, self.viewmodel)
        self.more.began.connect(self._on_began)
        self.more.saved.connect(self._say_saved)
        self.more.asked_to_write.connect(self.write)
        self.add_action(self.period)
        self.add_action(self.sites)
        self.add_action(self.more)
        self.add_action(self.export_button)

    def _make_middle(self) -> None:
        self._empty = EmptyState(
            "file-text",
            "This page will show the annual report, made from the visits you log. Add the first "
            "suite or kennels to begin.",
            button("Add a site", lambda: self.context.go("settings", "sites"), icon="plus"),
        )
        self._stopped = EmptyState(
            "file-text",
            "The report was not made.",
            button("Make the report", self.viewmodel.renew),
        )
        self.tablemodel = SectionTableModel(self.viewmodel)
        self.list = TableWidget("Sections of the report", self.tablemodel)
        self.list.set_widths(0, 48)
        self.list.horizontalHeader().setStretchLastSection(False)
        self.list.selectionModel().currentRowChanged.connect(self._on_row)
        self.list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        left = Panel(flush=True)
        left.body.setContentsMargins(0, 0, 0, 8)
        left.body.addWidget(self.list)
        fit(left, width=_LIST)
        self._left = left
        self.drop = DropButton("Section", "list")
        self.drop.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.drop.clicked.connect(self._open_sections)
        self.preview = Preview()
        self.preview.turned.connect(self.viewmodel.go_to_page)
        self.preview.wanted.connect(self.viewmodel.ask_for_picture)
        self.preview.asked.connect(self.viewmodel.open_behind)
        self.writer = SectionWriter(self.viewmodel)
        self.writer.done.connect(self._back_to_pages)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.preview)
        self._stack.addWidget(self.writer)
        middle = Panel(flush=True)
        middle.body.setContentsMargins(0, 0, 0, 0)
        self._above = QWidget()
        above = QHBoxLayout(self._above)
        above.setContentsMargins(INSET, 8, INSET, 4)
        above.addWidget(self.drop)
        middle.body.addWidget(self._above)
        self.progress = ProgressPanel()
        self.progress.setContentsMargins(INSET, 8, INSET, 8)
        middle.body.addWidget(self.progress)
        middle.body.addWidget(self._stack, 1)
        self._main = main = _Steady()
        row = QHBoxLayout(main)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(BETWEEN_ACROSS)
        row.addWidget(left)
        row.addWidget(middle, 1)
        fit(main, least_height=_HEIGHT_LEAST)
        self.side = SidePanels(self.viewmodel)
        self.side.asked_to_write.connect(self.write)
        self.side.asked_what_is_missing.connect(self.more.show_missing)
        least = _LIST + BETWEEN_ACROSS + _PAGES_LEAST
        self._columns = Columns(main, self.side, side_width=WIDTH, least_main=least)
        for widget in (self._empty, self._stopped):
            self.body.addWidget(widget)
        self.body.addWidget(self._columns, 1)
        self._choose_list()

    def _choose_list(self) -> None:
        """Show sections as a list, or at large text as a drop-down above the pages."""
        drops = theme().factor >= _DROP_FROM
        self._left.setVisible(not drops)
        self._above.setVisible(drops)

    def _open_sections(self) -> None:
        menu = self.sections_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        self.drop.open_menu(menu)

    def sections_menu(self) -> QMenu:
        """The menu of sections."""
        menu = QMenu(self.drop)
        for section in self.viewmodel.sections():
            page = f", page {section.page + 1}" if section.page is not None else ""
            go = partial(self.viewmodel.go_to_section, section.title)
            menu_action(menu, f"{section.title}{page}", go)
        return menu

    def sites_menu(self) -> QMenu:
        """The menu of what the report can be limited to."""
        menu, viewmodel = QMenu(self.sites), self.viewmodel
        choices = [(_ALL_SITES, None), *((each.name, each) for each in viewmodel.choices())]
        for name, chosen in choices:
            choose = partial(viewmodel.choose_sites, chosen)
            menu_choice(menu, name, choose, is_current=chosen == viewmodel.chosen)
        return menu

    # -- showing -------------------------------------------------------------------------

    def _on_ready(self) -> None:
        viewmodel = self.viewmodel
        self.set_facts(viewmodel.facts)
        self.period.set_period(viewmodel.period)
        has_sites, has_report = viewmodel.has_sites, viewmodel.report is not None
        self._empty.setVisible(not has_sites)
        self._stopped.setVisible(has_sites and not has_report and not viewmodel.is_making)
        self._columns.setVisible(has_report or (has_sites and viewmodel.is_making))
        self.export_button.setVisible(has_sites)
        self.period.setVisible(has_sites)
        self.sites.setVisible(bool(viewmodel.choices()))
        self._show_chosen(viewmodel.chosen.name if viewmodel.chosen else _ALL_SITES)
        self.more.setVisible(has_sites)
        self.tablemodel.refresh()
        self.side.show_section()
        self.side.show_checks()
        if not has_report:
            self.preview.clear()
        elif viewmodel.is_writing and not self.writer.is_being_used():
            self.writer.show_section(viewmodel.section)

    def _show_chosen(self, name: str) -> None:
        """On the button, where a long name is cut off; its tip has all of it."""
        self.sites.show_choice(name)
        most, end = theme().px(_NAME), Qt.TextElideMode.ElideRight
        self.sites.setText(self.sites.fontMetrics().elidedText(self.sites.text(), end, most))
        self.sites.setToolTip(name)

    def _on_moved(self) -> None:
        viewmodel = self.viewmodel
        if viewmodel.report is None:
            return
        row = self.tablemodel.row_of(viewmodel.section)
        if row not in (None, self.list.currentIndex().row()):
            go_to(self.list, row)
        self.drop.show_choice(viewmodel.section)
        self.side.show_section()
        if not viewmodel.is_writing:
            self.preview.link_figures(viewmodel.report.figures)
            self.preview.show_page(viewmodel.page, viewmodel.report.pages)

    def _on_row(self, index: QModelIndex) -> None:
        if index.isValid():
            title = self.tablemodel.section(index).title
            if title != self.viewmodel.section:
                self.viewmodel.go_to_section(title)

    def _on_writing(self) -> None:
        viewmodel = self.viewmodel
        if viewmodel.is_writing:
            self.writer.show_section(viewmodel.section)
            self._stack.setCurrentWidget(self.writer)
        else:
            self._stack.setCurrentWidget(self.preview)

    def _on_pictured(self, picture: Picture) -> None:
        if picture.page == self.viewmodel.page:
            self.preview.show_picture(picture.png, picture.words)

    def _on_began(self, job: Job, sentence: str) -> None:
        self._stopped.hide()
        self._columns.show()
        self.progress.follow(job, sentence)

    def _on_kept(self) -> None:
        self.side.show_section()
        self.side.show_checks()

    def _on_saved(self) -> None:
        self.clear_banner(SAVING)
        self.writer.show_saved()

    def _on_not_saved(self, sentence: str) -> None:
        self.show_not_saved(sentence, self.viewmodel.keeper.flush)
        self.writer.show_saved()

    # -- writing -------------------------------------------------------------------------

    def write(self, section: str, key: str) -> None:
        """Open the fields of a section, with the cursor in one of its texts or sentences."""
        self.viewmodel.write(section)
        self.writer.focus_field(key)

    def _back_to_pages(self) -> None:
        self.viewmodel.back_to_pages()
        self.preview.desk.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- exporting -----------------------------------------------------------------------

    def ask_where(self) -> None:
        """Ask where to save the report, and save it."""
        place = ask_for_place(self, self.viewmodel.file_name)
        if place is not None:
            self.viewmodel.export(place.path, force=place.may_replace)

    def _on_exported(self, saved: "SavedReport") -> None:
        self._say_saved(self.viewmodel.kind, saved)

    def _say_saved(self, kind: str, saved: "SavedReport") -> None:
        out = saved.path
        sentence = f"{kind} saved as {out.name} in {out.parent}."
        if saved.pages:
            pages = number_of(saved.pages, "page")
            sentence = f"{kind} saved as {out.name} ({pages}) in {out.parent}."
        if saved.tables is not None:
            sentence += f" Its tables are CSV files in the folder {saved.tables.name}."
        self.show_banner(
            "good",
            sentence,
            [("Open it", lambda: _open(out)), ("Show the folder", lambda: _open(out.parent))],
            key="exported",
            closes=True,
        )
        self.context.say(sentence)

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show the report of this period."""
        if isinstance(target, Period):
            self.viewmodel.choose_period(target)

    def place(self) -> object:
        """The period of the report."""
        return self.viewmodel.period

    def prepare_to_leave(self) -> str:
        """Save what was typed."""
        kept = super().prepare_to_leave()
        return kept if self.viewmodel.keeper.settle() else self.viewmodel.keeper.problem

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape returns from the fields to the pages."""
        if event.key() == Qt.Key.Key_Escape and self.viewmodel.is_writing:
            self._back_to_pages()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Arrange the page for the new text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_left"):
            self._choose_list()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """If the side panels are below, the pages get the height of the window."""
        super().resizeEvent(event)
        least = theme().px(_HEIGHT_LEAST)
        if self._columns.is_stacked:
            least = max(least, self.height() - theme().px(HEAD) - 2 * MARGIN)
        self._main.setMinimumHeight(least)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _open_below(button: DropButton, menu: QMenu) -> None:
    menu.aboutToHide.connect(menu.deleteLater)
    button.open_menu(menu)
