"""A visitor's copy reduces reports whose time is over, while the window is open."""

from PySide6.QtCore import QObject, QTimer

from visitapp.domain.changes import Changes
from visitapp.domain.errors import CancelledError, VisitAppError
from visitapp.domain.office.scheme import Role
from visitapp.ui.context import Context

HOUR_MS = 3_600_000


class DailyReduction(QObject):
    """Looks at the start and every hour, since a computer may sleep at any time of the day. The
    office's copy holds everything and does nothing."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        if context.services.access.actor.role is not Role.VISITOR:
            return
        self._timer = QTimer(self)
        self._timer.setInterval(HOUR_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()
        context.left.connect(self._timer.stop)
        self.look()

    def look(self) -> None:
        """Reduce what is due."""
        if not self._context.jobs.is_shut_down:
            reduce_due = self._context.services.retention.reduce_due
            self._context.jobs.run(
                reduce_due, owner=self, done=self._on_done, failed=self._on_failed
            )

    def _on_done(self, changes: Changes) -> None:
        if changes:
            self._context.changed.emit(changes)

    def _on_failed(self, error: VisitAppError) -> None:
        if not isinstance(error, CancelledError):
            self._context.say(str(error))
