"""Settings: figures entered by hand: rates, throughput, totals of earlier years."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from visitapp.domain.office.mileage import PENCE_A_MILE, MileageRate
from visitapp.domain.office.scheme import EarlierTotal, Rate, Throughput
from visitapp.domain.period import Period
from visitapp.domain.text.wording import long_date
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.words import FIGURES, pounds, whole_number
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry


class WithPeriod(EntriesSection):
    """Entries with a first and a last day."""

    is_removable = True

    def _make_days(self) -> None:
        self.first, self.last = DateField("First day"), DateField("Last day, included")
        self.fields.addWidget(FormRow("First day", self.first))
        self.fields.addWidget(FormRow("Last day, included", self.last))

    def _fill_days(self, period: Period) -> None:
        self.first.set_day(period.start)
        self.last.set_day(period.end)

    def _period(self) -> Period | None:
        for field in (self.first, self.last):
            if field.day() is None:
                missing = f"{field.accessibleName()}: enter a date, such as 1/4/2025."
                self.say_problem(field.error() or missing)
                return None
        first, last = self.first.day(), self.last.day()
        assert first is not None
        assert last is not None
        return Period(first, last)


class RatesSection(EntriesSection):
    """What a volunteer's hour is worth, from a day on."""

    title = "Value of an hour"
    words = (
        "What an hour of a volunteer’s time is worth, in pounds, from a certain day. Each hour "
        "is valued at the rate for its day. Rates are saved in the file."
    )
    headings = ("From", "Scheme", "Pounds an hour")
    numbers = (2,)
    add_words = "Add a rate"
    is_removable = True
    nothing_yet = "No rate yet. Reports give hours without a value."

    def entries(self) -> list[ListEntry]:
        kinds = {scheme.id: scheme.label for scheme in self.viewmodel.schemes()}
        return [
            ListEntry(
                rate,
                (long_date(rate.from_on), kinds[rate.scheme_id], f"£{rate.gbp_per_hour:.4f}"),
            )
            for rate in self.viewmodel.rates()
        ]

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self.start = DateField("From")
        self.fields.addWidget(FormRow("From", self.start, "The first day it applies."))
        self.amount, _ = self.add_line("Pounds an hour", "Up to four decimal places.", width=120)

    def fill(self, item: Rate | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        this_year = self.viewmodel.context.years().year_of(self.viewmodel.today).start
        self.start.set_day(item.from_on if item else this_year)
        self.amount.setText(f"{item.gbp_per_hour:.4f}" if item else "")

    def state(self) -> tuple[object, ...]:
        return self.scheme.key(), self.start.text(), self.amount.text()

    def save(self, item: Rate | None) -> object | None:
        scheme_id, start = self.scheme.key(), self.start.day()
        if start is None or not isinstance(scheme_id, UUID):
            self.say_problem(self.start.error() or "From: enter a date, such as 1/4/2025.")
            return None
        return self.viewmodel.save_rate(item, scheme_id, start, pounds(self.amount.text()))

    def name_of(self, item: Any) -> str:
        return f"The rate from {long_date(item.from_on)}"


@dataclass(frozen=True, slots=True)
class MileageEntry:
    """What a mile is paid with as a row: its first day tells it from the others."""

    rate: MileageRate

    @property
    def id(self) -> str:
        """The first day."""
        return self.rate.from_on.isoformat()


class MileageSection(EntriesSection):
    """What a mile by car is paid with, from a day on."""

    title = "Mileage"
    words = (
        "What volunteers are paid for a mile by car, in pence, from a certain day. Each claim "
        f"keeps the rate of its day. Without a rate it is {PENCE_A_MILE}p, the most that can be "
        "paid without tax. Rates are saved in the file."
    )
    headings = ("From", "Pence a mile")
    numbers = (1,)
    add_words = "Add a rate"
    is_removable = True
    nothing_yet = f"No rate yet. A mile is paid with {PENCE_A_MILE}p."

    def entries(self) -> list[ListEntry]:
        return [
            ListEntry(MileageEntry(rate), (long_date(rate.from_on), f"{rate.pence}p"))
            for rate in reversed(self.viewmodel.office().mileage_rates)
        ]

    def make_form(self) -> None:
        self.start = DateField("From")
        self.fields.addWidget(FormRow("From", self.start, "The first day it applies."))
        self.pence, _ = self.add_line("Pence a mile", "Whole pence, such as 45.", width=120)

    def fill(self, item: MileageEntry | None) -> None:
        this_year = self.viewmodel.context.years().year_of(self.viewmodel.today).start
        self.start.set_day(item.rate.from_on if item else this_year)
        self.pence.setText(str(item.rate.pence if item else PENCE_A_MILE))

    def state(self) -> tuple[object, ...]:
        return self.start.text(), self.pence.text()

    def save(self, item: MileageEntry | None) -> object | None:
        start = self.start.day()
        if start is None:
            self.say_problem(self.start.error() or "From: enter a date, such as 1/4/2025.")
            return None
        others = self._others(item)
        if any(rate.from_on == start for rate in others):
            self.say_problem("There is a rate from that day already. Change that one.")
            return None
        rate = MileageRate(start, whole_number(self.pence.text(), "Pence a mile"))
        kept = self._save([*others, rate], "Saved. Claims that are entered from now on use it.")
        return MileageEntry(rate).id if kept else None

    def remove_item(self, item: Any) -> bool:
        return self._save(self._others(item), "Deleted. Claims keep the rate they had.")

    def put_back(self, item: Any) -> bool:
        return self._save([*self._others(item), item.rate], "It is back.")

    def _others(self, item: MileageEntry | None) -> list[MileageRate]:
        rates = self.viewmodel.office().mileage_rates
        return [rate for rate in rates if item is None or rate != item.rate]

    def _save(self, rates: Sequence[MileageRate], sentence: str) -> bool:
        in_order = tuple(sorted(rates, key=lambda rate: rate.from_on))
        office = replace(self.viewmodel.office(), mileage_rates=in_order)
        return self.viewmodel.save_office(office, sentence)

    def name_of(self, item: Any) -> str:
        return f"The rate from {long_date(item.rate.from_on)}"


class ThroughputSection(WithPeriod):
    """People who came through a site's cells, as counted by the force."""

    title = "Throughput"
    words = (
        "How many people were detained at each site in a period, as counted by the force. "
        "Reports compare this with the number that visitors met. Saved in the file and marked as "
        "entered by hand."
    )
    headings = ("Period", "Site", "People")
    numbers = (2,)
    add_words = "Enter a number"
    nothing_yet = "Nothing entered yet. Reports leave out the comparison."

    def entries(self) -> list[ListEntry]:
        names = {site.id: site.name for site in self.viewmodel.sites()}
        years = self.viewmodel.context.years()
        return [
            ListEntry(
                entry,
                (years.label(entry.period), names.get(entry.site_id, ""), f"{entry.number:,}"),
            )
            for entry in self.viewmodel.throughputs()
        ]

    def make_form(self) -> None:
        self.site = Picker("Site", width=240)
        self.fields.addWidget(FormRow("Site", self.site))
        self._make_days()
        self.number, _ = self.add_line("People", width=120)

    def fill(self, item: Throughput | None) -> None:
        sites = self.viewmodel.sites()
        self.site.set_choices([(site.id, site.name) for site in sites])
        self.site.set_key(item.site_id if item else sites[0].id if sites else None)
        last_year = self.viewmodel.context.years().last_year(self.viewmodel.today)
        self._fill_days(item.period if item else last_year)
        self.number.setText(f"{item.number:,}" if item else "")

    def state(self) -> tuple[object, ...]:
        return self.site.key(), self.first.text(), self.last.text(), self.number.text()

    def save(self, item: Throughput | None) -> object | None:
        site = next((s for s in self.viewmodel.sites() if s.id == self.site.key()), None)
        if site is None:
            self.say_problem(
                "Choose a site from the list. If there is none, add one under Sites first."
            )
            return None
        period = self._period()
        if period is None:
            return None
        number = whole_number(self.number.text(), "People")
        return self.viewmodel.save_throughput(item, site, period, number)

    def name_of(self, item: Any) -> str:
        names = {site.id: site.name for site in self.viewmodel.sites()}
        return f"{names.get(item.site_id, '')}, {self.viewmodel.context.years().label(item.period)}"


class EarlierSection(WithPeriod):
    """Years before the records begin, known only as totals."""

    title = "Earlier years"
    words = (
        "Figures for years whose visits are not in this file. Reports print them next to the "
        "other years, and say that only totals are known."
    )
    headings = ("Year", "Scheme", "Figure", "Total")
    numbers = (3,)
    add_words = "Enter a total"

    def entries(self) -> list[ListEntry]:
        kinds = {scheme.id: scheme.label for scheme in self.viewmodel.schemes()}
        years = self.viewmodel.context.years()
        return [
            ListEntry(
                entry,
                (
                    years.label(entry.period),
                    kinds[entry.scheme_id],
                    FIGURES.get(entry.figure, entry.figure),
                    f"{entry.number:,}",
                ),
            )
            for entry in self.viewmodel.earlier_totals()
        ]

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self._make_days()
        self.figure = Picker("Figure", width=280)
        self.figure.set_choices(list(FIGURES.items()))
        self.fields.addWidget(FormRow("Figure", self.figure))
        self.number, _ = self.add_line("Total", width=120)

    def fill(self, item: EarlierTotal | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        years = self.viewmodel.context.years()
        two_years_ago = years.last_year(years.last_year(self.viewmodel.today).start)
        self._fill_days(item.period if item else two_years_ago)
        self.figure.set_key(item.figure if item else "visits")
        self.number.setText(f"{item.number:,}" if item else "")

    def state(self) -> tuple[object, ...]:
        return (
            self.scheme.key(), self.first.text(), self.last.text(), self.figure.key(),
            self.number.text(),
        )  # fmt: skip

    def save(self, item: EarlierTotal | None) -> object | None:
        scheme_id, figure = self.scheme.key(), self.figure.key()
        if not isinstance(scheme_id, UUID) or figure is None:
            self.say_problem("Choose a scheme and a figure from the lists.")
            return None
        period = self._period()
        if period is None:
            return None
        number = whole_number(self.number.text(), "Total")
        return self.viewmodel.save_earlier_total(item, scheme_id, period, str(figure), number)

    def name_of(self, item: Any) -> str:
        years = self.viewmodel.context.years()
        return f"{FIGURES.get(item.figure, item.figure)}, {years.label(item.period)}"
