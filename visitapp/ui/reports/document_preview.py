"""A document on the period, shown as it will be saved."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.text.wording import number_of
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.services.year.report_files import LaidOut
from visitapp.services.year.reports import ReportService
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import MARGIN
from visitapp.ui.reports.behind import with_targets
from visitapp.ui.reports.preview import Preview
from visitapp.ui.widgets.buttons import button, primary_button
from visitapp.ui.widgets.dialogs import Dialog
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_WIDTH, _HEIGHT = 760, 560


class DocumentPreview(Dialog):
    """Its pages, and *Save*, which closes it as accepted. A figure that is chosen closes it too:
    `asked` is the figure then."""

    def __init__(
        self, parent: QWidget | None, title: str, laid_out: LaidOut, reports: ReportService
    ) -> None:
        super().__init__(parent)
        self._pdf, self._reports = laid_out.content, reports
        self._page, self._pages = 0, laid_out.pages
        self.asked: FigurePlace | None = None
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        fit(self, least_width=_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        head = QHBoxLayout()
        head.addWidget(label(title, "h2", wrap=True), 1)
        head.addWidget(label(number_of(self._pages, "page"), "second", "text2"))
        column.addLayout(head)
        self.preview = Preview()
        self.preview.turned.connect(self._turn)
        self.preview.wanted.connect(self._show_picture)
        self.preview.link_figures(with_targets(laid_out.figures, {}))
        self.preview.asked.connect(self._ask)
        fit(self.preview, least_height=_HEIGHT)
        panel = Panel(flush=True)
        panel.body.setContentsMargins(0, 0, 0, 0)
        panel.body.addWidget(self.preview)
        column.addWidget(panel, 1)
        foot = QHBoxLayout()
        foot.setSpacing(12)
        self.save_button = primary_button("Save\u2026", self.accept, icon="download")
        foot.addWidget(self.save_button)
        foot.addWidget(button("Close", self.reject))
        foot.addStretch(1)
        column.addLayout(foot)
        self.preview.show_page(0, self._pages)
        self.preview.desk.setFocus()

    def _turn(self, page: int) -> None:
        self._page = max(0, min(page, self._pages - 1))
        self.preview.show_page(self._page, self._pages)

    def _ask(self, place: FigurePlace) -> None:
        self.asked = place
        self.reject()

    def _show_picture(self, width: int) -> None:
        png = self._reports.page_picture(self._pdf, self._page, width)
        self.preview.show_picture(png, self._reports.page_text(self._pdf, self._page))
