"""The section "Detainees": counted, one row each, or both."""

from functools import partial

from visitapp.domain.draft.row_edits import COPIED
from visitapp.ui.log.rows.row_tablemodel import Choices, RowColumn, happened_choices
from visitapp.ui.log.rows.rows_panel import RowsPanel
from visitapp.ui.log.sections.counted_section import CountedSection

_CONSENT = "consent_record"


class DetaineesSection(CountedSection):
    """The section "Detainees". Detainees have no names; of a custody number only the end is
    shown."""

    def make_rows(self) -> RowsPanel:
        """Columns for custody number, cell, what happened, gender, age, and record check."""
        columns = [
            RowColumn("custody_number", "Custody no.", 112, is_secret=True),
            RowColumn("cell", "Cell", 66),
            RowColumn("outcome", "What happened", 0, partial(happened_choices, self.viewmodel)),
            RowColumn("gender", "Gender", 118, partial(self._coded, "gender")),
            RowColumn("age_group", "Age", 104, partial(self._coded, "age_group")),
        ]
        consent = self._consent()
        if consent is not None:
            columns.append(RowColumn(_CONSENT, "Record check", 112, consent, is_answer=True))
        return RowsPanel(
            self.viewmodel, "Rows", "Add a row", columns, (*COPIED, _CONSENT, "introduced_by")
        )

    def _coded(self, list_name: str) -> Choices:
        return [(code.code, code.label, code.code) for code in self.viewmodel.offered(list_name)]

    def _consent(self) -> "partial[Choices] | None":
        asked = {q.key: q for q in self.viewmodel.register.form.row_questions()}
        if _CONSENT not in asked:
            return None
        options = [(o.code, o.label, o.code) for o in asked[_CONSENT].options]
        return partial(list, options)
