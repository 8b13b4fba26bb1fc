"""What answers add up to in 10,000 reports, against hand-written SQL on the same connection.

Both sides turn and turn about. The baseline counts the answers of each report; what adding up the
months takes, of which ours is made, is printed beside it.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from sqlalchemy import Connection, insert, true

from tests.benchmarks import stock_findings
from tests.benchmarks.bench_coverage import KEY, say
from tests.builders import CUSTODY, SCHEME_IDS
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Kind, Office, Role
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.period import Period
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.kinds import Measure
from visitapp.persistence import counted_answers, forms, schemes, tables
from visitapp.persistence.database import Database
from visitapp.services import Services
from visitapp.services.office.reference import reference_form

REPORTS, SITES, TURNS = 10_000, 8, 5
YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
BAR = 1.3


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.visits"
        bootstrap.make_records(
            records,
            KEY,
            office=Office(UUID(int=1), "An office"),
            actor=Actor("A manager", Role.MANAGER),
            scheme_ids=SCHEME_IDS,
        )
        with bootstrap.open_with_key(records, KEY) as opened:
            rows = fill(opened.database)
            agree(opened.services, opened.database)
            theirs, mine = timed(opened.services, opened.database)
            raw = opened.database.driver_connection()
            one_by_one = stock_findings.seconds_one_by_one(raw.driver_connection, YEAR)
            raw.close()
            say(f"findings, {REPORTS} reports, {rows} answers", mine, one_by_one, BAR)
            print(f"SQL over the sums of each month: {theirs * 1000:.2f} ms", flush=True)


def fill(database: Database) -> int:
    """A year of reports at eight suites; one in fifty is training, one in forty withdrawn. Returns
    the number of rows that are counted."""
    random = Random(12)
    form = reference_form(Kind.CUSTODY)
    with database.transaction() as connection:
        (grid,) = (g for g in schemes.grids(connection) if g.scheme_id == CUSTODY)
        sites = [
            Site(UUID(int=random.getrandbits(128)), CUSTODY, SiteKind.SUITE, f"Suite {number}",
                 grid.id, 30, (OpenPeriod(YEAR.start),), number)
            for number in range(SITES)
        ]  # fmt: skip
        for site in sites:
            schemes.save_site(connection, site)
        forms.add(connection, CUSTODY, form, "A manager", datetime(2024, 4, 1, tzinfo=UTC))
        return _insert(connection, random, sites, form)


def _insert(connection: Connection, random: Random, sites: list[Site], form: Form) -> int:
    visits, answers = [], []
    for number in range(REPORTS):
        day = YEAR.start + timedelta(days=random.randrange(YEAR.days))
        site = sites[number % SITES]
        arrived = (day - date(1970, 1, 1)).days * 1440 + 600
        visit_id = UUID(int=random.getrandbits(128))
        visits.append(
            {
                "id": visit_id, "scheme_id": CUSTODY, "site_id": site.id, "ref": f"SUI-{number}",
                "mode": "FACE", "status": "COMPLETED",
                "state": "withdrawn" if number % 40 == 0 else "locked",
                "type": "TRAINING" if number % 50 == 1 else "ROUTINE", "local_date": day,
                "weekday": day.weekday(), "minute": 600, "arrived_utc": arrived,
                "arrived_offset": 0, "left_utc": arrived + 60, "left_offset": 0,
                "wait_minutes": 3, "volunteer_minutes": 120, "present": 6, "summary": "",
                "locked_at": datetime.combine(day, datetime.min.time(), UTC),
            }
        )  # fmt: skip
        answers += [
            {
                "visit_id": visit_id, "question": question.key, "meaning": 1, "code": code,
                "value": value, "number": 1,
            }
            for question in (*form.questions(), *form.row_questions())
            if question.is_counted
            for code, value in _answer(random, question)
        ]  # fmt: skip
    connection.execute(insert(tables.visit), visits)
    connection.execute(insert(counted_answers.ANSWER), sorted(answers, key=_in_order))
    counted_answers.recount(connection, true())
    return len(answers)


def _in_order(row: dict[str, object]) -> tuple[str, ...]:
    return tuple(map(str, row.values()))


def _answer(random: Random, question: Question) -> Iterator[tuple[str, int]]:
    if question.traits.measure is Measure.NUMBER:
        yield "", random.randrange(30)
    elif question.traits.measure is Measure.CODES:
        yield "+", 0
        yield random.choice(question.choices).code, 0
    else:
        yield random.choice(question.choices).code, 0


def agree(services: Services, database: Database) -> None:
    """Both sides count the same."""
    mine = {
        (figures.key, answer.code): answer.number
        for figures in services.figures.findings(YEAR, Kind.CUSTODY)
        for answer in figures.answers
        if answer.number
    }
    with database.reading() as connection:
        rows = stock_findings.count(connection.connection.driver_connection, YEAR)
    theirs: dict[tuple[str, str], int] = {}
    for question, _, code, number, _, _ in rows:
        if code not in ("", "+", "-", "NOT_CHECKED"):
            theirs[question, code] = theirs.get((question, code), 0) + number
    if mine != theirs:
        raise SystemExit("The two sides count differently.")


def timed(services: Services, database: Database) -> tuple[float, float]:
    """Median seconds of the baseline and of ours. The pool hands both the same connection."""
    theirs, mine = [], []
    for _ in range(TURNS + 1):
        borrowed = database.driver_connection()
        theirs.append(stock_findings.seconds(borrowed.driver_connection, YEAR))
        borrowed.close()
        began = time.perf_counter()
        services.figures.findings(YEAR, Kind.CUSTODY)
        mine.append(time.perf_counter() - began)
    return median(theirs[1:]), median(mine[1:])


if __name__ == "__main__":
    main()
