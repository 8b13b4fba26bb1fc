"""Settings: the body that the schemes belong to, its law, its words and its reporting year."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from visitapp.domain.office.body import UK_CASES, Body, Law, from_when
from visitapp.domain.reporting_years import APRIL, JANUARY
from visitapp.domain.text.wording import capitalised, long_date
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry

_YEARS = ((APRIL, "1 April"), (JANUARY, "1 January"))


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """A body as a row: its first day tells it from the others."""

    body: Body

    @property
    def id(self) -> str:
        """The day it begins, or `first`: an empty one would be that of a new entry."""
        return "first" if self.body.from_on is None else self.body.from_on.isoformat()


class BodiesSection(EntriesSection):
    """One row a body, from a day on; the first holds from the beginning and can't be deleted."""

    title = "Body and year"
    words = (
        "Who the schemes belong to, and when the reporting year begins. Reports use these words. "
        "If another body takes over, add it with its first day: reports on earlier years stay as "
        "they are."
    )
    headings = ("From", "Body", "Year begins")
    widths = (132, 0, 108)
    add_words = "Add the next body"
    side_width = 380

    def entries(self) -> list[ListEntry]:
        years = dict(_YEARS)
        return [
            ListEntry(
                BodyEntry(body),
                (
                    "The beginning" if body.from_on is None else long_date(body.from_on),
                    capitalised(body.short),
                    years[body.first_month],
                ),
            )
            for body in self.viewmodel.office().bodies
        ]

    def make_form(self) -> None:
        self.start = DateField("From")
        self.start_row = FormRow("From", self.start, "The first day of this body.")
        self.fields.addWidget(self.start_row)
        self.case = Picker("Fill in the words for", width=280)
        self.case.set_choices([(place, place) for place, _ in UK_CASES])
        self.case.chosen.connect(self._fill_in)
        hint = "Fills in all of the rest. You can then change it."
        self.fields.addWidget(FormRow("Fill in the words for", self.case, hint))
        self.name, _ = self.add_line("Name", "With “the”, as in a sentence.", width=340)
        self.short, _ = self.add_line("Short name", "Used from then on.", width=340)
        self.possessive, _ = self.add_line("Possessive", "As in “the Board’s view”.", width=340)
        self.law = Picker("Law", width=340)
        self.law.set_choices([(law, law.label) for law in Law])
        self.fields.addWidget(FormRow("Law", self.law, "Reports name the Act."))
        self.visitors, _ = self.add_line(
            "Those who visit", "Such as volunteers, or custody visitors.", width=340
        )
        self.visited, _ = self.add_line(
            "Those who are visited", "Such as people held in police custody.", width=340
        )
        self.first_month = Picker("The reporting year begins on", width=200)
        self.first_month.set_choices(_YEARS)
        self.fields.addWidget(FormRow("The reporting year begins on", self.first_month))

    def fill(self, item: BodyEntry | None) -> None:
        body = item.body if item else self.viewmodel.office().bodies[-1]
        is_first = item is not None and item.body.from_on is None
        self.is_removable = item is not None and not is_first
        self.start_row.setVisible(not is_first)
        self.start.set_day(item.body.from_on if item else None)
        self.case.set_key(None)
        self._show_words(body)

    def _show_words(self, body: Body) -> None:
        for line, text in (
            (self.name, body.name),
            (self.short, body.short),
            (self.possessive, body.possessive),
            (self.visitors, body.visitors),
            (self.visited, body.visited),
        ):
            line.setText(text)
            line.setCursorPosition(0)
        self.law.set_key(body.law)
        self.first_month.set_key(body.first_month)

    def _fill_in(self, place: object) -> None:
        body = dict(UK_CASES).get(str(place))
        if body is not None:
            self._show_words(body)

    def state(self) -> tuple[object, ...]:
        return (
            self.start.text(), self.name.text(), self.short.text(), self.possessive.text(),
            self.law.key(), self.visitors.text(), self.visited.text(), self.first_month.key(),
        )  # fmt: skip

    def save(self, item: BodyEntry | None) -> object | None:
        start = None
        if item is None or item.body.from_on is not None:
            start = self.start.day()
            if start is None:
                self.say_problem(self.start.error() or "From: enter a date, such as 9/5/2028.")
                return None
        law, month = self.law.key(), self.first_month.key()
        if not isinstance(law, Law) or not isinstance(month, int):
            self.say_problem("Choose the law and the first day of the year from the lists.")
            return None
        body = Body(
            self.name.text().strip(), self.short.text().strip(), self.possessive.text().strip(),
            law, self.visitors.text().strip(), self.visited.text().strip(), month, start,
        )  # fmt: skip
        kept = self._save([*self._others(item), body], "Saved. Reports use these words.")
        return BodyEntry(body).id if kept else None

    def remove_item(self, item: Any) -> bool:
        return self._save(self._others(item), "Deleted.")

    def put_back(self, item: Any) -> bool:
        return self._save([*self._others(item), item.body], "It is back.")

    def _others(self, item: BodyEntry | None) -> list[Body]:
        bodies = self.viewmodel.office().bodies
        return [body for body in bodies if item is None or body != item.body]

    def _save(self, bodies: Sequence[Body], sentence: str) -> bool:
        office = self.viewmodel.office()
        return self.viewmodel.save_office(
            replace(office, bodies=tuple(sorted(bodies, key=from_when))), sentence
        )

    def name_of(self, item: Any) -> str:
        return capitalised(item.body.name)
