"""Settings: the people of the area, whom reports set the volunteers beside."""

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtWidgets import QLineEdit

from visitapp.domain.office.monitoring import AreaPopulation, Characteristic
from visitapp.domain.text.wording import count_text
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.words import whole_number
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.tablemodel import ListEntry


@dataclass(frozen=True, slots=True)
class PopulationEntry:
    """The people of the area by one characteristic, as a row."""

    population: AreaPopulation

    @property
    def id(self) -> Characteristic:
        """The characteristic: there is one row for each."""
        return self.population.characteristic


class PopulationSection(EntriesSection):
    """One row for each characteristic; none is added or deleted, but all its numbers may be."""

    title = "Population"
    words = (
        "How many people of the area are in each group, such as in the census. The annual report "
        "compares the volunteers with them, if you enter what volunteers answered under People, "
        "Equality monitoring. Its shares are of the numbers that are entered, so enter every group "
        "that the source has. Saved in the file."
    )
    headings = ("By", "People", "Source")
    numbers = (1,)
    widths = (110, 110, 0)

    def entries(self) -> list[ListEntry]:
        known = self.viewmodel.context.services.monitoring.populations()
        return [
            ListEntry(
                PopulationEntry(item),
                (
                    characteristic.label,
                    count_text(sum(item.numbers.values())) if item.numbers else "None yet",
                    item.source,
                ),
            )
            for characteristic, item in known.items()
        ]

    def make_form(self) -> None:
        self.source, _ = self.add_line("Source", "Such as Census 2021, table TS008.", width=300)
        self.people: dict[tuple[Characteristic, str], tuple[QLineEdit, FormRow]] = {
            (characteristic, code): self.add_line(label, width=120)
            for characteristic in Characteristic
            for code, label in characteristic.choices
        }

    def fill(self, item: PopulationEntry | None) -> None:
        assert item is not None
        self.source.setText(item.population.source)
        for (characteristic, code), (edit, row) in self.people.items():
            row.setVisible(characteristic is item.id)
            number = item.population.numbers.get(code) if characteristic is item.id else None
            edit.setText("" if number is None else count_text(number))

    def state(self) -> tuple[object, ...]:
        return (self.source.text(), *(edit.text() for edit, _ in self.people.values()))

    def save(self, item: PopulationEntry | None) -> object | None:
        assert item is not None
        numbers = {
            code: whole_number(self.people[item.id, code][0].text(), label)
            for code, label in item.id.choices
            if self.people[item.id, code][0].text().strip()
        }
        source = self.source.text().strip()
        changed = replace(item.population, numbers=numbers, source=source)
        service = self.viewmodel.context.services.monitoring
        sentence = f"{item.id.label} saved."
        kept = self.viewmodel.carry_out(lambda: service.save_population(changed), sentence)
        return item.id if kept else None

    def name_of(self, item: Any) -> str:
        return f"People of the area: {item.id.label.lower()}"
