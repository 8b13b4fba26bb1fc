"""What somebody answered for equality monitoring: in a window of its own, never on the page."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from visitapp.domain.office.monitoring import Characteristic, MonitoringAnswers
from visitapp.ui.widgets.dialogs import FormDialog
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker

_NOT_ANSWERED = "Not answered"


class MonitoringDialog(FormDialog):
    """A choice for each characteristic; what was left open can stay so."""

    def __init__(self, parent: QWidget, name: str, item: MonitoringAnswers) -> None:
        super().__init__(
            parent,
            f"Equality monitoring: {name}",
            "What they answered about themselves, if they wanted to. It is on no page, in no list "
            "and in nobody else\u2019s copy. The annual report has groups of five or more. Choose "
            "Not answered to erase an answer.",
            "Save",
        )
        self._item = item
        self._rows: dict[Characteristic, FormRow] = {}
        self.pickers: dict[Characteristic, Picker] = {}
        for characteristic in Characteristic:
            picker = Picker(characteristic.label, width=280, placeholder=_NOT_ANSWERED)
            picker.set_choices([(None, _NOT_ANSWERED), *characteristic.choices])
            picker.set_key(item.answers.get(characteristic))
            self.pickers[characteristic] = picker
            self._rows[characteristic] = FormRow(characteristic.label, picker)
            self.content.addWidget(self._rows[characteristic])
        self.pickers[Characteristic.GENDER].setFocus()

    def answered(self) -> MonitoringAnswers:
        """The answers as chosen."""
        chosen = {c: picker.key() for c, picker in self.pickers.items()}
        return replace(self._item, answers=_known(chosen))

    def accept(self) -> None:
        """Close if each text is one of its choices."""
        for characteristic, picker in self.pickers.items():
            self._rows[characteristic].set_error(picker.error())
        wrong = [picker for picker in self.pickers.values() if picker.error()]
        if wrong:
            self.grow()
            wrong[0].setFocus()
        else:
            super().accept()

    @classmethod
    def ask(cls, parent: QWidget, name: str, item: MonitoringAnswers) -> MonitoringAnswers | None:
        """The answers as changed, or None if the user cancelled."""
        dialog = cls(parent, name, item)
        taken = dialog.exec() == FormDialog.DialogCode.Accepted
        answers = dialog.answered()
        dialog.deleteLater()
        return answers if taken else None


def _known(chosen: Mapping[Characteristic, object]) -> dict[Characteristic, str]:
    return {characteristic: str(code) for characteristic, code in chosen.items() if code}
