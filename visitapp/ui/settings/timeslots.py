"""Settings: timeslots, as rows of days by bands of times."""

from collections import Counter
from typing import Any
from uuid import UUID

from visitapp.domain.office.grid import WEEKDAYS, Grid
from visitapp.domain.text.wording import number_of
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.words import band_row, bands, day_groups, day_row, recount_words
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry


class TimeslotsSection(EntriesSection):
    """Timeslots decide what coverage shows. A change recounts the past, and says so."""

    title = "Timeslots"
    words = (
        "Days and times of day, as shown in Coverage. A visit counts in the timeslot in which it "
        "began. If you leave out a day or time, visits then are counted but not in any timeslot."
    )
    headings = ("Timeslots", "Number", "Used by")
    numbers = (1,)
    add_words = "Add timeslots"
    side_width = 500

    def entries(self) -> list[ListEntry]:
        used = Counter(site.grid_id for site in self.viewmodel.sites())
        return [
            ListEntry(
                grid,
                (
                    grid.name,
                    str(grid.cells),
                    number_of(used[grid.id], "site") if used[grid.id] else "no sites",
                ),
            )
            for grid in self.viewmodel.grids()
        ]

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self.name, _ = self.add_line("Name", width=296)
        short = [day[:3] for day in WEEKDAYS]
        self.days = RowsEditor(
            "Rows of days", ("Name", *short), ("", *[False] * 7), "Row of days",
            widths=(0, *[46] * 7),
        )  # fmt: skip
        self.fields.addWidget(
            FormRow("Days", self.days, "Press Space to tick a day. Days in one row count "
                                       "together.",
                    wide=True)
        )  # fmt: skip
        self.bands = RowsEditor(
            "Time bands", ("From", "Last minute", "Name (optional)"), ("", "", ""),
            "Time band", widths=(90, 110, 0),
        )  # fmt: skip
        self.fields.addWidget(FormRow("Times", self.bands, "Such as 08:00 and 11:59.", wide=True))
        self.recount = label("", "second", "onWarnSoft", wrap=True)
        self.fields.addWidget(self.recount)

    def fill(self, item: Grid | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        self.name.setText(item.name if item else "")
        days = [day_row(group) for group in item.days] if item else _EVERY_DAY
        times = [band_row(band) for band in item.bands] if item else [["", "", ""]]
        self.days.show_rows(days)
        self.bands.show_rows(times)
        self.recount.setText(recount_words(self.viewmodel.visits_counted_by(item)) if item else "")
        self.recount.setVisible(bool(self.recount.text()))

    def state(self) -> tuple[object, ...]:
        return self.scheme.key(), self.name.text(), self.days.rows, self.bands.rows

    def save(self, item: Grid | None) -> object | None:
        scheme_id = self.scheme.key()
        if not isinstance(scheme_id, UUID):
            self.say_problem("Choose a scheme from the list.")
            return None
        return self.viewmodel.save_grid(
            item, scheme_id, self.name.text(), day_groups(self.days.rows), bands(self.bands.rows)
        )

    def name_of(self, item: Any) -> str:
        return str(item.name)


_EVERY_DAY: list[list[str | bool]] = [
    [day, *(i == at for i in range(7))] for at, day in enumerate(WEEKDAYS)
]
