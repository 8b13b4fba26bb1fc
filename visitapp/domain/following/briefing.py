"""A briefing before a visit to a site: open and answered issues, recent concerns, and points that
nobody has checked recently. Visitors take it to the station, so it never contains allegations,
signs of reprisals or planned visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from visitapp.domain.following.issue_list import title_of
from visitapp.domain.office.animal import (
    SEEN_WITHIN_MONTHS,
    AnimalCoverage,
    Sighting,
    months_before,
)
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
"""How many of the latest visits are searched for concerns."""
LONG_VISITS, LONG_DAYS = 10, 180
"""A point is due for a check if nobody checked it at so many visits, or for so many days."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue at the site, in words that may be read at the station. `category` and `status` are
    labels; `answer` is the force's latest reply, or empty."""

    category: str
    severity: int
    status: str
    raised_on: date
    words: str
    answer: str

    @property
    def title(self) -> str:
        """Its first words, or its category."""
        return title_of(self.words) or self.category


@dataclass(frozen=True, slots=True)
class LateConcern:
    """A point that was a concern at one or more of the latest visits. `about` names the animal, if
    it is about one; `words` is what was written, `on` the latest day."""

    ask: str
    about: str
    words: str
    on: date
    times: int


@dataclass(frozen=True, slots=True)
class Unchecked:
    """A point of the form that nobody has checked recently. `last` is None if nobody ever did."""

    ask: str
    last: date | None


@dataclass(frozen=True, slots=True)
class Checks:
    """One visit's answers to the form's own questions."""

    day: date
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SiteBriefing:
    """What the reports say of a site, as the office gives it to visitors' copies too. `sightings`
    are of the animals on strength. The other fields are those of `Briefing`."""

    site_id: UUID
    scheme_id: UUID
    open_issues: tuple[OpenIssue, ...]
    open_number: int
    answered: tuple[OpenIssue, ...]
    answered_number: int
    concerns: tuple[LateConcern, ...]
    unchecked: tuple[Unchecked, ...]
    written: int
    sightings: tuple[Sighting, ...]

    def on(self, site: Site, scheme: Scheme, day: date) -> "Briefing":
        """The briefing, as it was on a day."""
        return Briefing(
            site=site,
            scheme=scheme,
            today=day,
            open_issues=self.open_issues,
            open_number=self.open_number,
            answered=self.answered,
            answered_number=self.answered_number,
            concerns=self.concerns,
            unchecked=self.unchecked,
            written=self.written,
            animals=AnimalCoverage(months_before(day, SEEN_WITHIN_MONTHS), self.sightings)
            if site.kind.is_for_animals
            else None,
        )


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing on one site for one day. `open_issues` and `answered` are the first of
    `open_number` and `answered_number` issues. `written` says how many of the latest visits were
    reported with a form."""

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
        """When shifts change; empty if the scheme doesn't say."""
        return handover_sentence(self.scheme.handovers)

    @property
    def unchecked_groups(self) -> tuple[tuple[date | None, tuple[str, ...]], ...]:
        """Points grouped by the day they were last checked; those never checked come first."""
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
    """Points that were a concern at these visits, newest first; each point once."""
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
    """The (question, animal, place of the issue) of each concern that may be shown."""
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
    """Points of the form that nobody has checked recently. `history` starts with the newest
    visit."""
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
