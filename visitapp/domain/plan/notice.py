"""Who was given what of the plan, and when. Rows are added and never changed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from uuid import UUID

from visitapp.domain.period import Period, span_words
from visitapp.domain.plan.planned import Assignment
from visitapp.domain.text.wording import dates, short_date

EVERYBODY = "Everybody"
_FORMS = {".pdf": "PDF", ".docx": "Word", ".html": "web page", ".xlsx": "spreadsheet"}


class NoticeKind(StrEnum):
    """How somebody was given a visit."""

    PAGE = "page"
    CALENDAR = "calendar"
    SEALED = "sealed"
    SPOKEN = "spoken"

    @property
    def words(self) -> str:
        """As it is listed."""
        return {
            "page": "page",
            "calendar": "calendar file",
            "sealed": "sealed sheet with day and time",
            "spoken": "in person or by telephone",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Notice:
    """What a person was given of a visit: its site, span and partner, at a UTC time."""

    person_id: UUID
    visit_id: UUID
    scheme_id: UUID
    site_id: UUID
    partner_id: UUID
    span: Period
    kind: NoticeKind
    at: datetime
    by: str

    @property
    def words(self) -> str:
        """As it is listed."""
        return self.kind.words


@dataclass(frozen=True, slots=True)
class RotaCell:
    """The pairs that a rota shows for a site in one of its spans."""

    site_id: UUID
    span: Period
    pairs: frozenset[tuple[UUID, ...]]


@dataclass(frozen=True, slots=True)
class RotaNotice:
    """A rota that was handed out at a UTC time, as a file whose name ended in `form`: to everybody,
    or to one person."""

    person_id: UUID | None
    period: Period
    form: str
    cells: tuple[RotaCell, ...]
    at: datetime
    by: str

    @property
    def words(self) -> str:
        """As it is listed."""
        return f"rota ({_FORMS.get(self.form, 'file')})"

    def shows(self, site_id: UUID, span: Period) -> bool:
        """Whether it says who visits a site in a span, or that nobody does."""
        listed = any((cell.site_id, cell.span) == (site_id, span) for cell in self.cells)
        return listed or self.period.holds(span)


class NoticeStanding(StrEnum):
    """Whether what somebody was given still holds, what needs doing first."""

    WITHDRAWN = "withdrawn"
    CHANGED = "changed"
    MISSING = "missing"
    GIVEN = "given"

    @property
    def words(self) -> str:
        """As it is shown."""
        return {
            "withdrawn": "No longer theirs: let them know",
            "changed": "Changed since: let them know",
            "missing": "Not given yet",
            "given": "Given",
        }[self.value]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One visitor and visit, or the rota of some weeks, with every notice, the latest first, each
    with its day by UK clocks. A rota is for everybody or for one visitor, and has no partner."""

    visitor: str
    site_name: str
    span: Period
    partner: str
    standing: NoticeStanding
    notices: tuple[tuple[date, Notice | RotaNotice], ...]

    @property
    def is_rota(self) -> bool:
        """Whether this is about a rota."""
        return any(isinstance(item, RotaNotice) for _, item in self.notices)

    @property
    def when(self) -> str:
        """`29 Apr – 5 May 2024`, or the dates of a rota."""
        return dates(self.span.start, self.span.end) if self.is_rota else span_words(self.span)

    @property
    def standing_words(self) -> str:
        """`Changed since: give them a new sealed sheet`, where they have one."""
        if self.standing is not NoticeStanding.CHANGED:
            return self.standing.words
        if self.is_rota:
            return "Changed since: hand out a new rota"
        if any(isinstance(x, Notice) and x.kind is NoticeKind.SEALED for _, x in self.notices):
            return "Changed since: give them a new sealed sheet"
        return self.standing.words

    @property
    def given_words(self) -> str:
        """`Thu 10 Apr 2025, page; Wed 2 Apr 2025, calendar file`; empty if nothing was given."""
        return "; ".join(f"{short_date(day)}, {item.words}" for day, item in self.notices)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A sealed sheet that was saved, and what opens it, which is kept nowhere."""

    visitor: str
    path: Path
    passphrase: str = field(repr=False)


def standing_of(
    now: Assignment | None,
    partner_id: UUID | None,
    notices: Sequence[Notice],
    moved_at: datetime | None = None,
) -> NoticeStanding:
    """Whether the latest of what somebody was given is what the plan has now. `moved_at`: when the
    day or time of the visit was last changed, which matters to a sealed sheet."""
    if now is None:
        return NoticeStanding.WITHDRAWN
    if not notices:
        return NoticeStanding.MISSING
    same = (notices[0].partner_id, notices[0].span) == (partner_id, now.span)
    sealed_at = next((item.at for item in notices if item.kind is NoticeKind.SEALED), None)
    moved = sealed_at is not None and moved_at is not None and sealed_at < moved_at
    return NoticeStanding.GIVEN if same and not moved else NoticeStanding.CHANGED


def in_order(lines: Iterable[NoticeLine]) -> tuple[NoticeLine, ...]:
    """What needs doing first, then by name and week."""
    order = list(NoticeStanding)
    return tuple(
        sorted(
            lines,
            key=lambda line: (order.index(line.standing), line.visitor, line.span, line.site_name),
        )
    )
