"""A briefing before a visit to a site: open and answered issues, recent concerns, and points that
nobody has checked for long. Visitors take it to the station, so it never has allegations, signs
of reprisals or planned moments.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.office.animal import AnimalCoverage
from visitapp.domain.office.grid import Band, clock
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.copies import Audience, is_shown
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.kinds import CONCERN, SATISFACTORY
from visitapp.domain.report.place import Place, answer_place, of_row
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.pasted import in_one_line
from visitapp.domain.text.wording import joined

LAST_VISITS = 3
"""The visits whose concerns are told."""
LONG_VISITS, LONG_DAYS = 10, 180
"""A point that nobody checked at so many visits, or for so many days, is worth a look."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue of the site, in words that may be read at the station; `answer` is what the
    force said last, if it said anything."""

    line: IssueLine
    words: str
    answer: str


@dataclass(frozen=True, slots=True)
class LateConcern:
    """A point that gave concern at one or more of the last visits; `about` is the animal, if
    it was one, `words` what was written, `on` the last time."""

    ask: str
    about: str
    words: str
    on: date
    times: int


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A point of the form that nobody checked for long; `last` None: never."""

    ask: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Checks:
    """The answers of one visit to a form's own questions, for looking back."""

    day: date
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Briefing:
    """One site on one day. `open_issues` and `answered` are the first of so many
    (`open_number`, `answered_number`). `written` is the number of visits that were reported
    with a form, of the last ones looked at."""

    site: Site
    scheme: Scheme
    today: date
    open_issues: tuple[OpenIssue, ...]
    open_number: int
    answered: tuple[OpenIssue, ...]
    answered_number: int
    concerns: tuple[LateConcern, ...]
    unchecked: tuple[Unchecked, ...]
    written: int
    animals: AnimalCoverage | None

    @property
    def handover_sentence(self) -> str:
        """When shifts change; empty where the scheme says nothing of it."""
        return handover_sentence(self.scheme.handovers)

    @property
    def unchecked_groups(self) -> tuple[tuple[date | None, tuple[str, ...]], ...]:
        """Points by the day on which they were last checked, those never checked first."""
        days = sorted({point.last for point in self.unchecked}, key=lambda day: day or date.min)
        return tuple(
            (day, tuple(point.ask for point in self.unchecked if point.last == day)) for day in days
        )


def handover_sentence(handovers: Sequence[Band]) -> str:
    """`Shifts change from 06:30 to 07:15 and from 18:30 to 19:15: …`."""
    if not handovers:
        return ""
    times = [f"from {clock(band.start)} to {clock(band.end % 1440)}" for band in handovers]
    listed = joined(times)
    return f"Shifts change {listed}. Visitors may have to wait then."


def late_concerns(
    visits: Sequence[Visit], forms: Mapping[int, Form], animals: Mapping[UUID, str]
) -> tuple[LateConcern, ...]:
    """Points that gave concern at some visits, the newest first; each point once."""
    concerns: dict[tuple[str, str], LateConcern] = {}
    for visit in visits:
        form = None if visit.report is None else forms.get(visit.report.form_number)
        if form is None:
            continue
        for ask, about, where in _concerns(visit, form, animals):
            known = concerns.get((ask, about))
            words = " ".join(
                in_one_line(i.description) for i in visit.issues if i.question == where
            )
            concerns[ask, about] = LateConcern(
                ask,
                about,
                known.words if known else words,
                known.on if known else visit.arrived.day,
                known.times + 1 if known else 1,
            )
    return tuple(concerns.values())


def _concerns(
    visit: Visit, form: Form, animals: Mapping[UUID, str]
) -> Iterable[tuple[str, str, Place]]:
    """(question, animal, where an issue says more) of each concern that may be told."""
    answered = answered_of(visit)
    for question in _checks(form.questions()):
        if answered.answers.get(question.key) == CONCERN:
            yield question.ask, "", answer_place(question.key)
    for row in answered.rows:
        about = None if row.count is None else row.count.row
        name = "" if about is None or about.animal_id is None else animals.get(about.animal_id, "")
        for question in _checks(form.row_questions()):
            if row.answers.get(question.key) == CONCERN:
                yield question.ask, name, of_row(row.number, question.key)


def _checks(questions: Iterable[Question]) -> Iterable[Question]:
    return (q for q in questions if q.is_check and is_shown(q, Audience.POLICE))


def unchecked_of(form: Form, history: Sequence[Checks], today: date) -> tuple[Unchecked, ...]:
    """Points of the form that nobody checked for long; `history` has the newest visit first."""
    points = []
    for question in _checks(form.questions()):
        last, visits_ago = _last_checked(question.key, history)
        if last is None or visits_ago >= LONG_VISITS or (today - last).days > LONG_DAYS:
            points.append(Unchecked(question.ask, last))
    return tuple(points)


def _last_checked(key: str, history: Sequence[Checks]) -> tuple[date | None, int]:
    for visits_ago, checks in enumerate(history):
        if checks.answers.get(key) in (SATISFACTORY, CONCERN):
            return checks.day, visits_ago
    return None, len(history)
