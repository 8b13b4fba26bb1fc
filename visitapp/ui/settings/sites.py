"""Settings: sites, when they were open, and their order."""

from typing import Any
from uuid import UUID

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.text.wording import capitalised
from visitapp.ui.count_together import OtherEntries
from visitapp.ui.settings.entries import EntriesSection
from visitapp.ui.settings.same_sites import SameSites
from visitapp.ui.settings.words import open_periods, open_rows, open_words, optional_number
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.rows_editor import RowsEditor
from visitapp.ui.widgets.tablemodel import ListEntry


class SitesSection(EntriesSection):
    """Suites, kennels and stables. A site is never deleted: one that closed has a last day."""

    title = "Sites"
    words = (
        "Suites, kennels and stables, in the order that pages and reports list them. The section "
        "Targets has how many visits are due at each. If a site closes, its visits stay. Two "
        "entries of one site are counted together."
    )
    headings = ("Site", "Open", "Cells", "Timeslots")
    numbers = (2, 3)
    add_words = "Add a site"
    nothing_yet = "No site yet. Add the first suite, kennels or stables."

    def entries(self) -> list[ListEntry]:
        grids = {grid.id: str(grid.cells) for grid in self.viewmodel.grids()}
        return [
            ListEntry(
                site,
                (
                    site.name,
                    open_words(site, self.viewmodel.today),
                    "" if site.cells is None else str(site.cells),
                    grids.get(site.grid_id, ""),
                ),
            )
            for site in self.viewmodel.sites()
        ]

    def make_beside_add(self, row: FlowRow) -> None:
        self.earlier_button = button("Earlier", lambda: self.move_by(-1), icon="arrow-up")
        self.earlier_button.setToolTip("Move this site up in every list")
        self.later_button = button("Later", lambda: self.move_by(1), icon="arrow-down")
        self.later_button.setToolTip("Move this site down in every list")
        row.add(self.earlier_button)
        row.add(self.later_button)
        self.same_button = button("The same site as…", self.ask_same, icon="merge")
        self.same_button.setToolTip("Count this site together with another entry of it")
        row.add(self.same_button)

    def make_form(self) -> None:
        self.scheme = Picker("Scheme", width=240)
        self.scheme_row = FormRow("Scheme", self.scheme)
        self.fields.addWidget(self.scheme_row)
        self.scheme.chosen.connect(lambda _: self._offer_grids())
        self.kind = Picker("Kind of site", width=240)
        self.kind.set_choices([(k, capitalised(k.several)) for k in SiteKind if k.is_for_animals])
        self.kind_row = FormRow("Kind of site", self.kind)
        self.fields.addWidget(self.kind_row)
        self.kind.chosen.connect(lambda _: self._name_rooms())
        self.name, _ = self.add_line("Name", width=296)
        self.cells, self.cells_row = self.add_line("Cells", width=76)
        self.grid = Picker("Timeslots", width=240)
        self.fields.addWidget(FormRow("Timeslots", self.grid))
        self.open = RowsEditor(
            "Open periods", ("From", "To"), ("", ""), "Open period", widths=(0, 0)
        )
        self.fields.addWidget(
            FormRow("Open", self.open, "Dates such as 1/4/2023. Leave the last day blank if it "
                                       "is still open. If an import added the site, its first day "
                                       "is not known until you enter it.",
                    wide=True)
        )  # fmt: skip
        self.same = SameSites(lambda: self.viewmodel.context.services, self.viewmodel.carry_out)
        self.others = OtherEntries("the same site")
        self.fields.insertWidget(0, self.others)

    def fill(self, item: Site | None) -> None:
        schemes = self.viewmodel.schemes()
        self.scheme.set_choices([(s.id, s.label) for s in schemes])
        self.scheme.set_key(item.scheme_id if item else schemes[0].id if schemes else None)
        self.scheme_row.setVisible(item is None and len(schemes) > 1)
        self.kind.set_key(item.kind if item else SiteKind.KENNELS)
        self._offer_grids()
        if item is not None:
            self.grid.set_key(item.grid_id)
        self.name.setText(item.name if item else "")
        self.others.show_of(item.name if item else "", self.same.of(item.id) if item else ())
        self.cells.setText("" if item is None or item.cells is None else str(item.cells))
        since = OpenPeriod(self.viewmodel.context.years().year_of(self.viewmodel.today).start)
        periods = item.open_periods if item else (since,)
        self.open.show_rows(open_rows(periods) or [["", ""]])

    def _offer_grids(self) -> None:
        scheme_id = self.scheme.key()
        grids = [g for g in self.viewmodel.grids() if g.scheme_id == scheme_id]
        self.grid.set_choices([(grid.id, grid.name) for grid in grids])
        if self.grid.key() is None and grids:
            self.grid.set_key(grids[0].id)
        self.kind_row.setVisible(not self._is_custody())
        self._name_rooms()

    def _is_custody(self) -> bool:
        scheme_id = self.scheme.key()
        return any(s.id == scheme_id and s.kind is Kind.CUSTODY for s in self.viewmodel.schemes())

    def _kind(self) -> SiteKind:
        return SiteKind.SUITE if self._is_custody() else SiteKind(str(self.kind.key()))

    def _name_rooms(self) -> None:
        word = capitalised(self._kind().rooms[1])
        self.cells_row.label.setText(f"{word}, if you count them")
        self.cells.setAccessibleName(word)

    def state(self) -> tuple[object, ...]:
        return (
            self.scheme.key(), self.kind.key(), self.name.text(), self.cells.text(),
            self.grid.key(), self.open.rows,
        )  # fmt: skip

    def save(self, item: Site | None) -> object | None:
        scheme_id, grid_id = self.scheme.key(), self.grid.key()
        if not isinstance(scheme_id, UUID) or not isinstance(grid_id, UUID):
            self.say_problem("Choose a scheme and its timeslots from the lists.")
            return None
        return self.viewmodel.save_site(
            item,
            scheme_id,
            self.name.text(),
            optional_number(self.cells.text(), self.cells.accessibleName()),
            grid_id,
            open_periods(self.open.rows, item.open_periods if item else ()),
            self._kind(),
        )

    def name_of(self, item: Any) -> str:
        return str(item.name)

    def ask_same(self) -> None:
        """Ask which other entry is of the current site, and show the one that is kept."""
        if self.item is None:
            return
        if self.is_dirty:
            self.say_problem("Save or cancel your changes here first.")
            return
        self.say_done("")
        kept_id = self.same.ask(self, self.item)
        if kept_id is not None:
            done_text = self.done_text
            self.show_item(kept_id)
            self.say_done(done_text)

    def move_by(self, by: int) -> None:
        """Move the current site up (-1) or down (1)."""
        if self.item is None:
            return
        if self.is_dirty:
            self.say_problem("Save or cancel your changes here first.")
            return
        self.say_done("")
        self.viewmodel.move_site(self.item, by)
