"""The section "Summary": the visit in a few sentences."""

from visitapp.domain import report_form
from visitapp.ui.log.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.text_area import TextArea

_HINT = (
    "What the inspector and the manager should know, good and bad. Roles, not names; never a "
    "detainee\u2019s name, date of birth or offence."
)


class SummarySection(SectionWidget):
    """One text."""

    def __init__(self, model: LogViewModel) -> None:
        super().__init__(model, "summary")
        self.area = TextArea("Summary of the visit", lines=10, most_lines=24)
        self.area.changed.connect(lambda: model.answer("summary", self.area.text()))
        panel = Panel()
        panel.body.addWidget(
            self.add_row("summary", "The visit in a few sentences", self.area, _HINT, wide=True)
        )
        self.body.addWidget(panel)

    def fill(self) -> None:
        """Show the text."""
        self.area.set_text(report_form.text_of(self.model.content, "summary"))
