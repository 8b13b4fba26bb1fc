"""The recovery code on paper, and what comes after it was used."""

from PySide6.QtWidgets import QWidget

from visitapp.ui.connecting import connect
from visitapp.ui.session import Session


def offer_after_code(window: QWidget, session: Session) -> None:
    """Ask for a new passphrase, over the first page of each file that the code opens."""

    def offer(code: object) -> None:
        from visitapp.ui.recovery.new_passphrase import NewPassphraseDialog

        if session.current is not None:
            maintenance = session.current.services.maintenance
            NewPassphraseDialog.offer(window, session.jobs, maintenance, str(code))

    connect(session.opened_by_code, window, offer)
