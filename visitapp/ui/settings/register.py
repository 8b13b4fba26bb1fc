"""Settings: the access register, by day and kind."""

from datetime import timedelta

from visitapp.domain.errors import VisitAppError
from visitapp.domain.period import Period, day_and_time
from visitapp.domain.records.access_entry import AccessEntry, AccessQuery
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import capitalised, out_of
from visitapp.ui.settings.section import SettingsSection
from visitapp.ui.settings.viewmodel import SettingsViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.entry_table import EntryTable
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.table import framed
from visitapp.ui.widgets.tablemodel import EntryTableModel, ListEntry

_AT_ONCE = 200
_ALL = "all"
_DAYS_BACK = {"week": 6, "month": 29}
_CHOICES = (
    ("week", "The last 7 days"),
    ("month", "The last 30 days"),
    ("year", "This year"),
    (_ALL, "All days"),
)


class RegisterSection(SettingsSection):
    """The lines of the last days, and older ones when asked for."""

    title = "Access register"
    words = (
        "Who opened or changed what kind of record, and when; never what it says. Lists, figures "
        "and searches are not noted. Lines are only ever added: Check this file, under Backup, "
        "says if another program changed them."
    )

    def __init__(self, viewmodel: SettingsViewModel) -> None:
        super().__init__(viewmodel)
        self._limit = _AT_ONCE
        self.days = Picker("Days", width=200)
        self.days.set_choices(list(_CHOICES))
        self.days.set_key("month")
        self.kind = Picker("Kind of record", width=320)
        kinds = sorted((kind.label, kind) for kind in RecordKind)
        self.kind.set_choices([(_ALL, "All kinds"), *((kind, words) for words, kind in kinds)])
        self.kind.set_key(_ALL)
        filters = FlowRow(gap=12)
        for name, picker in (("Days", self.days), ("Kind of record", self.kind)):
            filters.add(FormRow(name, picker))
            picker.chosen.connect(lambda _: self._from_the_top())
        self.body.addWidget(filters)
        headings = ("When", "Who", "Kind of record", "What")
        self.tablemodel = EntryTableModel(headings, parent=self)
        self.table = EntryTable(self.title, self.tablemodel, (196, 0, 250, 130))
        self.body.addWidget(framed(self.table))
        self.number = label("", "second", "text2", wrap=True)
        self.older_button = button("Show older", self.show_older, icon="chevron-down")
        self.body.addWidget(FlowRow(self.number, self.older_button))
        self.add_outcome(self.body)
        self.body.addStretch(1)

    def reload(self) -> None:
        """Read the lines as they are now."""
        kind = self.kind.key()
        query = AccessQuery(
            period=self._period(),
            kind=kind if isinstance(kind, RecordKind) else None,
            limit=self._limit,
        )
        try:
            page = self.viewmodel.context.services.access_register.page(query)
        except VisitAppError as error:
            self.say_problem(str(error))
            return
        self.reason.say("")
        self.tablemodel.show([ListEntry(entry, _cells(entry)) for entry in page.entries])
        self.table.fit_entries()
        shown = out_of(len(page.entries), page.total, "line")
        self.number.setText(f"{shown}, the newest first." if page.total else "Nothing so far.")
        self.older_button.setVisible(len(page.entries) < page.total)

    def show_older(self) -> None:
        """Show more lines below."""
        self._limit += _AT_ONCE
        self.reload()

    def _from_the_top(self) -> None:
        self._limit = _AT_ONCE
        self.reload()

    def _period(self) -> Period | None:
        today, days = self.viewmodel.today, self.days.key()
        if days == "year":
            return self.viewmodel.context.years().year_of(today)
        back = _DAYS_BACK.get(str(days))
        return None if back is None else Period(today - timedelta(days=back), today)


def _cells(entry: AccessEntry) -> tuple[str, ...]:
    who = f"{entry.by} ({entry.role.value})"
    return day_and_time(entry.at), who, entry.kind.label, capitalised(entry.words)
