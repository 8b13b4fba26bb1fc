"""The recovery code on paper, and what follows after it was used."""

from pathlib import Path
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from visitapp.ui.connecting import connect
from visitapp.ui.session import Session


def offer_after_code(window: QWidget, session: Session) -> None:
    """After a file was opened by its recovery code, ask for a new passphrase over its first
    page."""

    def offer(code: object) -> None:
        from visitapp.ui.recovery.new_passphrase import NewPassphraseDialog

        if session.current is not None and not session.current.services.access.reads_only:
            maintenance = session.current.services.maintenance
            NewPassphraseDialog.offer(window, session.jobs, maintenance, str(code))

    connect(session.opened_by_code, window, offer)


class _Window(Protocol):
    """The parts of the window needed to change the keys."""

    session: Session
    _path: Path
    _news: str

    def show_unlock(self, path: Path, note: str = "") -> None: ...
    def try_passphrase(self, passphrase: str) -> None: ...
    def _may_leave(self, *, asks: bool = True) -> bool: ...
    def _leave(self) -> Any: ...
    def _show_alone(self, view: QWidget, title: str, *, is_locked: bool = True) -> None: ...
    def _open_again(self, passphrase: str, note: str) -> None: ...


class ChangingKeys:
    """The part of the window that gives its file new keys."""

    def change_keys(self: _Window, asked: object) -> None:
        """Close the file, change its keys, and open it again at the same place."""
        from visitapp.ui.recovery.keys_dialog import KeysAsked
        from visitapp.ui.recovery.keys_view import KeysView

        if isinstance(asked, KeysAsked) and self._may_leave() and self._leave():
            self.session.close()  # before the job that the view starts
            view = KeysView(self.session, self._path, asked)
            view.ended.connect(self._open_again)
            self._show_alone(view, "visitapp \u2013 changing the keys")

    def _open_again(self: _Window, passphrase: str, note: str) -> None:
        self.show_unlock(self._path, note)
        if passphrase:
            self._news = note
            self.try_passphrase(passphrase)
