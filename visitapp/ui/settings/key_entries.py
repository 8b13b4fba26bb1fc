"""What Settings does with the passphrase and the recovery code."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from visitapp import bootstrap
from visitapp.domain.errors import VisitAppError
from visitapp.domain.records.strength import PassphraseStrength
from visitapp.ui.recovery.keys_dialog import KeysDialog
from visitapp.ui.settings.viewmodel import SettingsViewModel


class KeyEntries(QObject):
    """Signals: `renewed` (the new recovery code, to be shown once).

    Problems, success and progress are reported through the page's view model.
    """

    renewed = Signal(str)

    def __init__(self, viewmodel: SettingsViewModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._viewmodel = viewmodel
        self._context = viewmodel.context

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return self._context.services.maintenance.guessable_names()

    def strength(self, passphrase: str) -> PassphraseStrength:
        """How strong a new passphrase would be."""
        return bootstrap.passphrase_strength(passphrase, self._names if passphrase else ())

    def change_passphrase(self, old: str, new: str, again: str, *, by_code: bool) -> None:
        """Change the passphrase of the file; `old` is the current one, or the recovery code."""
        if new != again:
            self._viewmodel.problem.emit("The two new passphrases are different. Type them again.")
            return
        maintenance = self._context.services.maintenance
        sentence = "Passphrase changed. Backups made before now still open with the old one."
        self._run(
            lambda: maintenance.change_passphrase(old, new, by_code=by_code),
            lambda _: self._say(sentence),
        )

    def renew_code(self) -> None:
        """Make a new recovery code; the old one stops working."""
        self._run(self._context.services.maintenance.renew_code, self.renewed.emit)

    def ask_to_change_keys(self, parent: QWidget) -> None:
        """Show the dialog for new keys; the window then closes the file, changes them and opens it
        again."""
        KeysDialog(
            parent,
            self._context.jobs,
            self._context.services.maintenance,
            self.strength,
            lambda asked: self._context.go("keys", asked),
        ).show_over()

    def _say(self, sentence: str) -> None:
        self._context.say(sentence)
        self._viewmodel.done.emit(sentence)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._viewmodel.busy.emit(True)

        def finished(answer: Any) -> None:
            self._viewmodel.busy.emit(False)
            done(answer)

        def failed(error: VisitAppError) -> None:
            self._viewmodel.busy.emit(False)
            self._viewmodel.problem.emit(str(error))

        self._context.jobs.run(work, owner=self, done=finished, failed=failed)
