"""Settings: who gets copies of reports, and what each copy includes."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QCheckBox

from visitapp.domain.report.copies import Audience, Recipient
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry


class RecipientsSection(EntriesSection):
    """Job titles, not names. A former recipient stays in the list of copies made."""

    title = "Copies"
    words = (
        "Who receives reports and what each copy includes. Copies already made do not change. "
        "Enter a job title, not a name."
    )
    headings = ("Who", "Scheme", "What they receive")
    widths = (0, 124, 200)
    add_words = "Add a recipient"
    side_width = 360

    def entries(self) -> list[ListEntry]:
        return [
            ListEntry(recipient, (recipient.name, scheme.label, _copies_words(recipient)))
            for scheme in self.viewmodel.schemes()
            for recipient in self.viewmodel.recipients(scheme.id)
        ]

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self.name, _ = self.add_line("Who", "Such as Custody inspector.", width=300)
        self.audience = Picker("What they receive", width=326)
        self.audience.set_choices([(audience, audience.label) for audience in Audience])
        hint = "Nobody in the force receives allegations."
        self.fields.addWidget(FormRow("What they receive", self.audience, hint))
        self.tact_only = QCheckBox("Only for visits under the Terrorism Act")
        self.active = QCheckBox("Gets copies")
        for box in (self.tact_only, self.active):
            box.setAccessibleName(box.text())
            self.fields.addWidget(box)

    def fill(self, item: Recipient | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        self.name.setText(item.name if item else "")
        self.name.setCursorPosition(0)
        self.audience.set_key(item.audience if item else Audience.POLICE)
        self.tact_only.setChecked(item is not None and item.tact_only)
        self.active.setChecked(item is None or item.is_active)
        self.active.setVisible(item is not None)

    def state(self) -> tuple[object, ...]:
        return (
            self.scheme.key(), self.name.text(), self.audience.key(),
            self.tact_only.isChecked(), self.active.isChecked(),
        )  # fmt: skip

    def save(self, item: Recipient | None) -> object | None:
        scheme_id, audience = self.scheme.key(), self.audience.key()
        if not isinstance(scheme_id, UUID) or not isinstance(audience, Audience):
            self.say_problem("Choose what they receive from the list.")
            return None
        recipient = replace(
            item or Recipient(uuid4(), scheme_id, "", audience),
            name=self.name.text(),
            audience=audience,
            tact_only=self.tact_only.isChecked(),
            is_active=self.active.isChecked(),
        )
        kept = self.viewmodel.save_recipient(recipient, is_new=item is None)
        return recipient.id if kept else None

    def name_of(self, item: Any) -> str:
        return str(item.name)


def _copies_words(recipient: Recipient) -> str:
    if not recipient.is_active:
        return "No more copies"
    return recipient.audience.label + ("; Terrorism Act only" if recipient.tact_only else "")
