"""The sections that an office adds to the report of a year, and first drafts of its texts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.office.scheme import Kind, YearText
from visitapp.domain.period import Period
from visitapp.domain.year.own_sections import (
    LIST,
    OwnSection,
    checked_title,
    key_of,
    listed,
    own_sections,
)
from visitapp.domain.year.summary import AnnualSummary
from visitapp.persistence import meetings, people, volunteer_files, year_texts
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads
from visitapp.services.year.figures import FigureService, bases
from visitapp.services.year.missing import answers_due
from visitapp.services.year.texts_of_year import texts_of


class YearTextService:
    """Their titles and places; their words are texts of the year like any other."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def section_titles(
        self, period: Period, counted: AnnualSummary | None = None
    ) -> tuple[str, ...]:
        """The titles of the program's sections in the report's order, with those that wait for
        their first text. `counted` are the figures if they are known already."""
        from visitapp.reporting.annual import section_titles

        summary = counted or FigureService(self._access).summary(period, findings=True)
        return section_titles(summary)

    @reads(MANAGER)
    def first_drafts(
        self, period: Period, counted: AnnualSummary | None = None
    ) -> Mapping[str, str]:
        """What the figures say for texts of a period that is over, by key. `counted` as above."""
        from visitapp.reporting.annual.first_drafts import DraftedFrom, first_drafts

        summary = counted or FigureService(self._access).summary(period, findings=True)
        with self._access.database.reading() as connection:
            beside = DraftedFrom(
                meetings.meetings(connection),
                _courses(connection, period),
                _unanswered(connection, period, self._access.today()),
                self._access.today(),
            )
        return first_drafts(summary, beside)

    @reads(MANAGER, VISITOR, READER)
    def own_sections(self, period: Period) -> tuple[OwnSection, ...]:
        """The office's sections of a period's report, in order."""
        with self._access.database.reading() as connection:
            return _own(connection, period)

    @changes(MANAGER)
    def add_section(
        self, period: Period, typed: str, after: str, titles: Sequence[str]
    ) -> tuple[OwnSection, Changes]:
        """Add a section behind others that stand after the program's section titled `after`.
        `titles` are those of the program's. Raises BadInputError if the title is empty or taken."""
        with self._access.database.transaction() as connection:
            there = _own(connection, period)
            title = checked_title(typed, [*titles, *(each.title for each in there)])
            section = OwnSection(key_of(uuid4().hex), title, after)
            _save(connection, period, LIST, listed((*there, section)))
        return section, Changes.REPORTS

    @changes(MANAGER)
    def rename_section(
        self, period: Period, key: str, typed: str, titles: Sequence[str]
    ) -> Changes:
        """Give a section another title. Raises BadInputError if it is empty or taken."""
        with self._access.database.transaction() as connection:
            there = _own(connection, period)
            others = [each.title for each in there if each.key != key]
            title = checked_title(typed, [*titles, *others])
            changed = (replace(each, title=title) if each.key == key else each for each in there)
            _save(connection, period, LIST, listed(changed))
        return Changes.REPORTS

    @changes(MANAGER)
    def place_sections(self, period: Period, sections: Iterable[OwnSection]) -> Changes:
        """Keep the sections in this order and these places; they are those that are there."""
        with self._access.database.transaction() as connection:
            there = {each.key: each for each in _own(connection, period)}
            placed = [
                replace(there[each.key], after=each.after) for each in sections if each.key in there
            ]
            _save(connection, period, LIST, listed(placed))
        return Changes.REPORTS

    @changes(MANAGER)
    def remove_section(self, period: Period, key: str) -> Changes:
        """Take a section and its words out of the report."""
        with self._access.database.transaction() as connection:
            left = [each for each in _own(connection, period) if each.key != key]
            _save(connection, period, LIST, listed(left))
            _save(connection, period, key, "")
        return Changes.REPORTS


def _courses(connection: Connection, period: Period) -> list[str]:
    """The name of each course or module, once for each volunteer who took it in the period."""
    register = people.people(connection)
    return [
        name
        for file in volunteer_files.files(connection, register).values()
        for name in {
            item.name
            for item in file.credentials
            if item.is_training and item.from_on is not None and item.from_on in period
        }
        if name
    ]


def _unanswered(connection: Connection, period: Period, today: date) -> int:
    """How many issues raised at suites wait for the force's answer."""
    return sum(
        1
        for basis in bases(connection, in_full=False)
        if basis.scheme.kind is Kind.CUSTODY
        for _ in answers_due(connection, basis, period, today)
    )


def _own(connection: Connection, period: Period) -> tuple[OwnSection, ...]:
    return own_sections(texts_of(connection, period)[0])


def _save(connection: Connection, period: Period, key: str, words: str) -> None:
    """Save a text as it is now; an empty one is deleted."""
    there = {item.key: item for item in year_texts.typed_texts(connection, period)}
    item = there.get(key)
    if words:
        kept = item or YearText(uuid4(), period, key, "", version=0)
        year_texts.save_text(connection, replace(kept, text=words))
    elif item is not None:
        year_texts.take_out_text(connection, item)
