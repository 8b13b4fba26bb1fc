"""The recovery code on paper, for the person who has just seen it. No copy of it is kept."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from visitapp.paths import resolved
from visitapp.services.saving import save_document


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The sheet for a file of records: its path, the code, and the day it was made."""

    records: Path
    code: str
    made_on: date

    def save(self, target: Path) -> None:
        """Write the sheet as an accessible PDF that other users of this computer can't read. Raises
        StorageError."""
        from visitapp.reporting.recovery_sheet import RecoveryWords, recovery_pdf

        words = RecoveryWords(self.records.name, self.code, self.made_on)
        save_document(target, recovery_pdf(words), force=True)

    def picture(self) -> bytes:
        """The sheet as a PNG of an A4 page, for printing."""
        from visitapp.reporting.recovery_sheet import RecoveryWords, recovery_picture

        return recovery_picture(RecoveryWords(self.records.name, self.code, self.made_on))

    def lies_beside(self, target: Path) -> bool:
        """Whether a path is in the folder of the records, where code and file could be lost, or
        stolen, together."""
        folder = resolved(self.records.absolute().parent)
        return resolved(target.absolute().parent) == folder
