"""Settings: how often each site or group of sites should be visited, from a day on."""

from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.site import Site, usual_target
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.text.wording import day_of_month, long_date
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.target_entries import Owner, TargetEntries, TargetEntry, owner_name
from visitapp.ui.settings.words import whole_number
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.tablemodel import ListEntry

_RULES = (
    (TargetRule.OPEN, "While the site is open"),
    (TargetRule.IN_USE, "When the site is in use"),
    (TargetRule.NONE, "Never: no target"),
)
_HOW = {
    TargetRule.OPEN: "A {unit} counts if the site is open on all its days.",
    TargetRule.IN_USE: "A {unit} counts if the site is open on any of its days. Enter the days on "
    "which it was in use under Sites, as its open periods.",
    TargetRule.NONE: "Visits are counted, but none is due.",
}
_HOW_OF_GROUP = {
    TargetRule.OPEN: "Visits to any of its sites count together. A {unit} counts if a site of the "
    "group is open on each of its days.",
    TargetRule.IN_USE: "Visits to any of its sites count together. A {unit} counts if a site of "
    "the group is open on any of its days.",
    TargetRule.NONE: "From then on the group as a whole has no target.",
}


class TargetsSection(EntriesSection):
    """The targets of sites, each in force until the next one of the same site."""

    title = "Targets"
    words = (
        "How many visits are due at each site, and from which day. A target holds until the next "
        "one of the same site begins. A group can have a target for all its sites together; each "
        "site also keeps its own. A week belongs to the year that its Thursday is in, a "
        "fortnight to that of its second Monday. Saved in the file."
    )
    headings = ("Site or group", "From", "Target")
    widths = (0, 110, 198)
    add_words = "Add a target"
    is_removable = True
    nothing_yet = "No site yet. Add the first suite or kennels under Sites."

    @property
    def targets(self) -> TargetEntries:
        """The targets of the open file."""
        return TargetEntries(self.viewmodel.context.services, self.viewmodel.carry_out)

    def entries(self) -> list[ListEntry]:
        return [
            ListEntry(
                entry,
                (
                    owner_name(entry.owner),
                    _since(entry),
                    f"{entry.target.words}{' (usual)' if entry.is_usual else ''}",
                ),
            )
            for entry in self.targets.all()
        ]

    def make_form(self) -> None:
        self.site = Picker("Site or group", width=240)
        self.site_row = FormRow("Site or group", self.site)
        self.fields.addWidget(self.site_row)
        self.start = DateField("From")
        self.fields.addWidget(FormRow("From", self.start, "Leave blank for the beginning."))
        self.rule = Picker("Visits are due", width=240)
        self.rule_row = FormRow("Visits are due", self.rule)
        self.fields.addWidget(self.rule_row)
        self.number, self.number_row = self.add_line("Visits", width=76)
        self.unit = Picker("In each", width=240)
        self.unit_row = FormRow("In each", self.unit)
        self.fields.addWidget(self.unit_row)
        self.recounted = label("", "second", "text2", wrap=True)
        self.fields.addWidget(self.recounted)
        self.rule.chosen.connect(lambda _: self._follow())
        self.site.chosen.connect(lambda _: self._on_site())
        self.unit.chosen.connect(lambda _: self._follow())
        self.number.textChanged.connect(lambda _: self._look_ahead())
        self.start.edit.textChanged.connect(lambda _: self._look_ahead())

    def fill(self, item: TargetEntry | None) -> None:
        owners = self.targets.owners()
        self.site.set_choices([(owner.id, owner_name(owner)) for owner in owners])
        owner = item.owner if item else owners[0] if owners else None
        self.site.set_key(owner.id if owner else None)
        self.site_row.setVisible(item is None)
        self.rule.set_choices([(rule.value, words) for rule, words in _RULES])
        self.unit.set_choices([(unit.value, unit.value.capitalize()) for unit in TargetUnit])
        this_year = self.viewmodel.context.years().year_of(self.viewmodel.today).start
        target = VisitTarget(from_on=this_year)
        if item is not None:
            target = item.target
        elif isinstance(owner, Site):
            target = VisitTarget(unit=usual_target(owner.kind).unit, from_on=this_year)
        self.start.set_day(target.from_on)
        self.rule.set_key(target.rule.value)
        self.number.setText(str(target.number))
        self.unit.set_key(target.unit.value)
        self._follow()

    def _on_site(self) -> None:
        """Offer what is usual for the site."""
        owner = self._owner()
        if isinstance(owner, Site):
            self.unit.set_key(usual_target(owner.kind).unit.value)
        self._follow()

    def _follow(self) -> None:
        """Ask only for what the rule needs, and say what it means."""
        rule = self._rule()
        how = _HOW_OF_GROUP if isinstance(self._owner(), SiteGroup) else _HOW
        self.rule_row.set_hint(how[rule].format(unit=self.unit.key()))
        for row in (self.number_row, self.unit_row):
            row.setVisible(rule is not TargetRule.NONE)
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Say what saving would count again."""
        words = ""
        owner = self._owner()
        try:
            if owner is not None and self.state() != self._clean:
                target = self._target()
                if not self.targets.problem(self.item, owner, target):
                    words = self.targets.recounted(self.item, owner, target)
        except BadInputError:
            words = ""
        self.recounted.setText(words)
        self.recounted.setVisible(bool(words))

    def _rule(self) -> TargetRule:
        return TargetRule(str(self.rule.key() or TargetRule.OPEN.value))

    def _owner(self) -> Owner | None:
        owners = self.targets.owners()
        return next((owner for owner in owners if owner.id == self.site.key()), None)

    def _target(self) -> VisitTarget:
        """The target in the form. Raises BadInputError."""
        if self.start.error():
            raise BadInputError(self.start.error())
        rule, start = self._rule(), self.start.day()
        if rule is TargetRule.NONE:
            return VisitTarget(from_on=start, rule=rule)
        unit = TargetUnit(str(self.unit.key() or TargetUnit.WEEK.value))
        return VisitTarget(whole_number(self.number.text(), "Visits"), unit, start, rule)

    def state(self) -> tuple[object, ...]:
        return (
            self.site.key(), self.start.text(), self.rule.key(), self.number.text(),
            self.unit.key(),
        )  # fmt: skip

    def save(self, item: TargetEntry | None) -> object | None:
        owner = self._owner()
        if owner is None:
            self.say_problem("Add a suite or kennels under Sites first.")
            return None
        return self.targets.save(item, owner, self._target())

    def remove_item(self, item: TargetEntry) -> bool:
        if item.is_usual:
            self.say_problem("This is the usual target. Change it, or add another from a day on.")
            return False
        return self.targets.remove(item)

    def put_back(self, item: TargetEntry) -> bool:
        return self.targets.put_back(item)

    def name_of(self, item: Any) -> str:
        start = item.target.from_on
        since = "the beginning" if start is None else long_date(start)
        return f"{owner_name(item.owner)}, from {since}"


def _since(entry: TargetEntry) -> str:
    start = entry.target.from_on
    return "always" if start is None else f"{day_of_month(start)} {start.year}"
