"""A visitor's own visits and hours on Home, as the office counts them."""

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.period import month_of
from visitapp.domain.reporting_years import months_of
from visitapp.domain.text.wording import number_of, plural, time_given, weekday_and_day
from visitapp.domain.year.own_visits import OwnVisit, OwnYear
from visitapp.ui.look.tokens import INSET
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel

_UNKNOWN = "no leaving time"


def own_years_panel(years: tuple[OwnYear, ...]) -> Panel:
    """Each visit of the latest year, and the sum of each year. Only visits that the office has
    accepted are among them."""
    panel = Panel("Your visits and hours", flush=True)
    for at, year in enumerate(years):
        if at:
            panel.body.addWidget(hairline())
        panel.body.addWidget(_sum(year))
        for visit in year.visits if at == 0 else ():
            panel.body.addWidget(hairline())
            panel.body.addWidget(_row(visit))
    panel.body.addWidget(hairline())
    note = label("As your office counts them: accepted reports, without training.", "small",
                 "text2", wrap=True)  # fmt: skip
    note.setContentsMargins(INSET, 8, INSET, 10)
    panel.body.addWidget(note)
    return panel


def sum_words(year: OwnYear) -> str:
    """`12 visits, 18 h 20 min`, and how many visits have no leaving time."""
    words = f"{number_of(len(year.visits), 'visit')}, {time_given(year.minutes)}"
    if year.unknown:
        words += f". {year.unknown} {plural(year.unknown, 'has', 'have')} {_UNKNOWN}"
    return words


def _sum(year: OwnYear) -> QWidget:
    block = QWidget()
    column = QVBoxLayout(block)
    column.setContentsMargins(INSET, 8, INSET, 8)
    column.setSpacing(0)
    column.addWidget(
        label(
            f"From {months_of(month_of(year.year.start))}",
            "small",
            "text2",
            wrap=True,
        )
    )
    column.addWidget(label(sum_words(year), "strong", wrap=True))
    return block


def _row(visit: OwnVisit) -> QWidget:
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(INSET, 6, INSET, 6)
    line.setSpacing(12)
    line.addWidget(label(weekday_and_day(visit.day), "body"))
    line.addWidget(label(visit.site_name, "body", wrap=True), 1)
    long = _UNKNOWN if visit.minutes is None else time_given(visit.minutes)
    line.addWidget(label(long, "body", "text2"))
    return row
