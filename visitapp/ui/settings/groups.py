"""Settings: groups of sites, and which sites belong to them from a day on."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.group_entries import GroupEntries
from visitapp.ui.widgets.date_field import DateField
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry


class GroupsSection(EntriesSection):
    """A group stays as long as a site belongs to it, or did."""

    title = "Groups"
    words = (
        "Sites that are counted together: those of a panel, a region or an operator. A site "
        "belongs to one group of each kind at most. If it changes, its earlier visits stay with "
        "the group it was in then. A panel has volunteers too. Saved in the file."
    )
    headings = ("Group", "Kind", "Sites today")
    widths = (0, 96, 168)
    add_words = "Add a group"
    is_removable = True
    nothing_yet = "No group yet. Figures are given for each site and for all of them."
    side_width = 360

    @property
    def groups(self) -> GroupEntries:
        """The groups of the open file."""
        return GroupEntries(self.viewmodel.context.services, self.viewmodel.carry_out)

    def entries(self) -> list[ListEntry]:
        groups, today = self.groups, self.viewmodel.today
        return [
            ListEntry(group, (group.name, group.kind.label, groups.members_words(group, today)))
            for group in groups.all()
        ]

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self.scheme.chosen.connect(lambda _: self._show_members())
        self.name, _ = self.add_line("Name", width=300)
        self.kind = Picker("Kind", width=240)
        self.kind.set_choices([(kind, kind.label) for kind in GroupKind])
        self.kind_row = FormRow("Kind", self.kind)
        self.kind.chosen.connect(lambda _: self._show_people())
        self.fields.addWidget(self.kind_row)
        self.start = DateField("From")
        self.fields.addWidget(
            FormRow("From", self.start, "The first day of what is ticked below. Leave blank for "
                                        "the beginning.")
        )  # fmt: skip
        self.members = RowsEditor(
            "Sites in the group", ("Site", "In the group"), ("", False), "Site",
            widths=(0, 116), fixed=True,
        )  # fmt: skip
        self.fields.addWidget(
            FormRow("Sites", self.members, "Press Space to tick a site.", wide=True)
        )
        self.people = RowsEditor(
            "Volunteers of the panel", ("Volunteer", "In the panel"), ("", False), "Volunteer",
            widths=(0, 116), fixed=True,
        )  # fmt: skip
        self.people_row = FormRow("Volunteers", self.people, wide=True)
        self.fields.addWidget(self.people_row)
        self._ticked_before = self._ticked()
        self.history = label("", "second", "text2", wrap=True)
        self.ahead = label("", "second", "text2", wrap=True)
        self.fields.addWidget(self.history)
        self.fields.addWidget(self.ahead)
        self.start.edit.textChanged.connect(lambda _: self._on_start())
        self.members.tablemodel.dataChanged.connect(lambda *_: self._look_ahead())

    def fill(self, item: SiteGroup | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        self.name.setText(item.name if item else "")
        self.kind.set_key(item.kind if item else GroupKind.PANEL)
        self.kind_row.setVisible(item is None)
        self.start.set_day(self.viewmodel.today if item else None)
        words = self.groups.history(item) if item else ""
        self.history.setText(words)
        self.history.setVisible(bool(words))
        self._show_members()

    def _show_members(self) -> None:
        """Tick the sites that belong to the group on the first day."""
        group = self.item
        sites = self.groups.sites(self.scheme.key())
        rows = [
            [
                site.name,
                group is not None
                and site.group_on(group.kind, self.start.day() or date.min) == group.id,
            ]
            for site in sites
        ]
        self.members.show_rows(rows)
        day = self.start.day() or date.min
        self.people.show_rows(
            [
                [
                    person.name,
                    group is not None and person.panel_on(group.scheme_id, day) == group.id,
                ]
                for person in self.groups.volunteers(self.scheme.key())
            ]
        )
        self._show_people()
        self._ticked_before = self._ticked()
        self._look_ahead()

    def _show_people(self) -> None:
        """Only a panel has volunteers."""
        is_panel = self.kind.key() is GroupKind.PANEL
        self.people_row.setVisible(is_panel and bool(self.people.rows))

    def _ticked(self) -> tuple[object, ...]:
        return self.members.rows, self.people.rows

    def _on_start(self) -> None:
        """Another day may have other sites, unless some were already ticked."""
        if self._ticked() == self._ticked_before and not self.start.error():
            self._show_members()
        self._look_ahead()

    def _look_ahead(self) -> None:
        """Say what saving would change."""
        words = ""
        if self._clean is not None and not self.start.error():
            group = self._group(self.item)
            if group is not None:
                words = self.groups.changes_words(group, self._site_ids(), self.start.day())
        self.ahead.setText(words)
        self.ahead.setVisible(bool(words))

    def _group(self, item: SiteGroup | None) -> SiteGroup | None:
        scheme_id, kind = self.scheme.key(), self.kind.key()
        if not isinstance(scheme_id, UUID) or not isinstance(kind, GroupKind):
            return None
        if item is None:
            return SiteGroup(uuid4(), scheme_id, kind, self.name.text(), version=0)
        return replace(item, name=self.name.text())

    def _site_ids(self) -> set[UUID]:
        ticked = {name for name, is_ticked in self.members.rows if is_ticked}
        return {site.id for site in self.groups.sites(self.scheme.key()) if site.name in ticked}

    def _person_ids(self) -> set[UUID]:
        ticked = {name for name, is_ticked in self.people.rows if is_ticked}
        volunteers = self.groups.volunteers(self.scheme.key())
        return {person.id for person in volunteers if person.name in ticked}

    def state(self) -> tuple[object, ...]:
        return (
            self.scheme.key(), self.name.text(), self.kind.key(), self.start.text(),
            *self._ticked(),
        )  # fmt: skip

    def save(self, item: SiteGroup | None) -> object | None:
        if self.start.error():
            raise BadInputError(self.start.error())
        group = self._group(item)
        if group is None:
            self.say_problem("Choose a scheme and a kind from the lists.")
            return None
        return self.groups.save(group, self._site_ids(), self._person_ids(), self.start.day())

    def remove_item(self, item: Any) -> bool:
        return self.groups.remove(item)

    def put_back(self, item: Any) -> bool:
        return self.groups.put_back(item)

    def name_of(self, item: Any) -> str:
        return str(item.name)
