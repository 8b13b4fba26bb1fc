"""A visitor's next visits. QtCore only. Days and times show for half a minute; nothing is kept."""

from uuid import UUID

from PySide6.QtCore import QTimer, Signal

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.given_back import AssignedWeek
from visitapp.domain.office.grid import clock
from visitapp.domain.period import span_words
from visitapp.domain.text.wording import capitalised, joined, weekday_and_day
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel

SHOWN_MS = 30_000
"""How long a day and time is shown."""


class OwnVisitsViewModel(PageViewModel):
    """Signals: `changed` when other weeks are to be shown; `revealed` when days and times are shown
    or hidden."""

    changed = Signal()
    revealed = Signal()
    concerns = Changes.PLANS | Changes.VISITS | Changes.SITES | Changes.PEOPLE

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.moments: dict[UUID, str] = {}
        self.check_words: dict[UUID, str] = {}
        self.renew()

    def renew(self) -> None:
        """Read the weeks again, and hide all days and times."""
        self.weeks = self._context.services.own_visits.weeks()
        self.moments, self.check_words = {}, {}
        self.changed.emit()

    def title(self, week: AssignedWeek) -> str:
        """`Northgate, with Ben Boot`."""
        return f"{week.site_name}, with {week.partner_name}"

    def words(self, week: AssignedWeek) -> str:
        """The week, and who knows the day and time."""
        return f"{capitalised(span_words(week.span))}. {week.words(self._context.today())}"

    def reveal(self, draw_id: UUID) -> None:
        """Show the days and times of a week for half a minute."""
        with self.showing_problems():
            shown = self._context.services.own_visits.moments(draw_id)
            self.moments[draw_id] = capitalised(
                joined(
                    [
                        f"{weekday_and_day(moment.day)}, {clock(moment.minute)}"
                        for moment in shown.moments
                    ]
                )
            )
            self.check_words[draw_id] = (
                f"Your partner’s computer shows the same, with the words “{shown.check_words}”. If "
                "it shows others, ask your manager. To be sure that nobody else can know, compare "
                "six words by telephone: your partner finds them under Settings, Exchange. They "
                f"are “{shown.partner_fingerprint}”."
            )
            QTimer.singleShot(SHOWN_MS, self, lambda: self.mask(draw_id))
            self.revealed.emit()

    def mask(self, draw_id: UUID) -> None:
        """Hide the days and times of a week."""
        self.check_words.pop(draw_id, None)
        if self.moments.pop(draw_id, None) is not None:
            self.revealed.emit()

    def sleep(self) -> None:
        """Hide all days and times together with the page."""
        super().sleep()
        self.moments, self.check_words = {}, {}
        self.revealed.emit()
