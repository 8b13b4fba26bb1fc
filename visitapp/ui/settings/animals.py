"""Settings: the animals of each site, so that those not seen for a long time can be named."""

from typing import Any

from PySide6.QtWidgets import QWidget

from visitapp.domain.office.animal import Animal
from visitapp.domain.report.form import Question
from visitapp.domain.text.wording import short_date
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry


class AnimalsSettings(EntriesSection):
    """Which animals a site has, and since when. Past reports keep an animal that has left."""

    title = "Animals"
    words = (
        "The animals at each site. Visitors choose them in a report, and the briefing lists any "
        "that nobody has seen for six months. Saved in the file. When an animal leaves, enter "
        "its last day. Its records stay."
    )
    headings = ("Name", "Site", "Species", "Work", "With the unit")
    widths = (88, 0, 72, 112, 148)
    add_words = "Add an animal"
    nothing_yet = "No animals yet."

    def make_above(self) -> QWidget:
        self.coverage = label("", "second", "text2", wrap=True)
        return self.coverage

    def entries(self) -> list[ListEntry]:
        sites = {site.id: site for site in self.viewmodel.animals.sites()}
        work, species = map(self.viewmodel.animals.question, ("work", "species"))
        self.coverage.setText(self.viewmodel.animals.coverage())
        return [
            ListEntry(
                animal,
                (
                    animal.name,
                    sites[animal.site_id].name,
                    species.shown(animal.species or sites[animal.site_id].kind.usual_species)
                    if species
                    else "",
                    work.shown(animal.work) if work else "",
                    _strength(animal),
                ),
            )
            for animal in self.viewmodel.animals.all()
        ]

    def make_form(self) -> None:
        self.name, _ = self.add_line("Name", "Or the PD number.", width=240)
        self.site = Picker("Site", width=240)
        self.site_row = FormRow("Site", self.site)
        self.fields.addWidget(self.site_row)
        self.species, self.work = Picker("Species", width=240), Picker("Work", width=240)
        self.fields.addWidget(FormRow("Species", self.species))
        self.fields.addWidget(FormRow("Work", self.work))
        self.handler, _ = self.add_line("Handler\u2019s collar number", "Never a name.", width=120)
        self.first, self.last = DateField("With the unit from"), DateField("Last day")
        self.fields.addWidget(FormRow("With the unit from", self.first))
        self.fields.addWidget(
            FormRow("Last day", self.last, "Leave blank while the animal is there.")
        )

    def fill(self, item: Animal | None) -> None:
        sites = self.viewmodel.animals.sites()
        self.site.set_choices([(site.id, site.name) for site in sites])
        self.site.set_key(item.site_id if item else sites[0].id if sites else None)
        self.site_row.setVisible(item is None and len(sites) > 1)
        self.species.set_choices(_choices(self.viewmodel.animals.question("species")))
        self.work.set_choices(_choices(self.viewmodel.animals.question("work")))
        self.species.set_key(item.species if item else "")
        self.work.set_key(item.work if item else "")
        self.name.setText(item.name if item else "")
        self.handler.setText(item.handler if item else "")
        self.first.set_day(item.from_on if item else self.viewmodel.today)
        self.last.set_day(item.to_on if item else None)

    def state(self) -> tuple[object, ...]:
        return (
            self.name.text(), self.site.key(), self.species.key(), self.work.key(),
            self.handler.text(), self.first.text(), self.last.text(),
        )  # fmt: skip

    def save(self, item: Animal | None) -> object | None:
        site = next((s for s in self.viewmodel.animals.sites() if s.id == self.site.key()), None)
        if site is None:
            self.say_problem("Add kennels or stables under Sites first.")
            return None
        for field in (self.first, self.last):
            if field.error():
                self.say_problem(field.error())
                return None
        return self.viewmodel.animals.save(
            item,
            site,
            name=self.name.text(),
            species=str(self.species.key() or ""),
            work=str(self.work.key() or ""),
            handler=self.handler.text(),
            days=(self.first.day(), self.last.day()),
        )

    def name_of(self, item: Any) -> str:
        return str(item.name)


def _choices(question: Question | None) -> list[tuple[str, str]]:
    options = question.options if question else ()
    return [("", "Not given"), *((option.code, option.label) for option in options)]


def _strength(animal: Animal) -> str:
    since = f"since {short_date(animal.from_on)}" if animal.from_on else "always"
    return f"{since}, until {short_date(animal.to_on)}" if animal.to_on else since
