"""Figures come from a report's rows and counts alike: however they were entered, they are one."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest

from tests.builders import CUSTODY, SUITE, furnish, make_visit
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.report import ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import visits
from visitapp.services import Services

YEAR = APRIL_YEARS.year_of(NOW.date() - timedelta(days=30))
DETAILS = ("outcome", "gender", "age_group", "ethnicity")
Entered = Callable[[list[OutcomeCount], Random], tuple[OutcomeCount, ...]]


def as_rows(people: list[OutcomeCount], _: Random) -> tuple[OutcomeCount, ...]:
    return tuple(
        replace(person, row=ReportRow(cell=f"M{at}")) for at, person in enumerate(people, 1)
    )


def as_counts(people: list[OutcomeCount], _: Random) -> tuple[OutcomeCount, ...]:
    return tuple(replace(person, number=people.count(person)) for person in dict.fromkeys(people))


def as_both(people: list[OutcomeCount], random: Random) -> tuple[OutcomeCount, ...]:
    mixed = random.sample(people, len(people))
    part = random.randrange(len(people) + 1)
    return (*as_counts(mixed[part:], random), *as_rows(mixed[:part], random))


def _people(services: Services, random: Random) -> list[OutcomeCount]:
    """A few of whom much is alike, as in a suite."""
    book = services.setup.codes(CUSTODY)
    said = {name: [code.code for code in book[name]][:4] for name in DETAILS}
    return [
        OutcomeCount(
            random.choice(said["outcome"]), 1,
            **{name: random.choice([None, *said[name]]) for name in DETAILS[1:]},
        )
        for _ in range(random.randrange(12))
    ]  # fmt: skip


def _made(services: Services, entered: Entered) -> Iterator[Visit]:
    random, dice = Random(9), Random(10)
    for number in range(60):
        people = _people(services, random)
        yield make_visit(
            YEAR.start + timedelta(days=6 * number), id=UUID(int=900 + number), site_id=SUITE,
            counts=entered(people, dice), present=len(people),
        )  # fmt: skip


@pytest.fixture
def office(records: Path, tmp_path: Path, key: bytes) -> Iterator[Callable[[Entered], Services]]:
    with ExitStack() as open_files:

        def make(entered: Entered) -> Services:
            path = shutil.copy2(records, tmp_path / f"{entered.__name__}.visits")
            opened = open_files.enter_context(
                bootstrap.open_with_key(Path(path), key, clock=lambda: NOW)
            )
            furnish(opened.services)
            with opened.database.transaction() as connection:
                visits.insert_visits(connection, list(_made(opened.services, entered)))
            return opened.services

        yield make


def test_rows_counts_and_both_give_one_summary_and_one_report(
    office: Callable[[Entered], Services],
) -> None:
    one, *others = (office(entered) for entered in (as_counts, as_rows, as_both))
    period = Period(YEAR.start, YEAR.end)
    summary = one.figures.figures_json(period)
    assert one.figures.summary(period).schemes[Kind.CUSTODY].people.present > 200
    sentences = [sentence.text for sentence in one.reports.sentences(period)]
    for other in others:
        assert other.figures.figures_json(period) == summary
        ours, theirs = (s.figures.summary(period).schemes[Kind.CUSTODY] for s in (one, other))
        assert ours.people == theirs.people
        assert [sentence.text for sentence in other.reports.sentences(period)] == sentences
