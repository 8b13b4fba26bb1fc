"""Coverage is counted from one index, site by site, without looking at a visit's row."""

from datetime import date

from sqlalchemy import event

from tests.builders import KENNELS, SUITE, make_kennel_visit, make_visit
from visitapp.domain.period import Period
from visitapp.domain.year.visit_list import CellQuery, CountedVisits, VisitQuery
from visitapp.persistence import visits

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))


def statements_of(services, work):
    """The statements, with their values, that `work` sends to the database."""
    sent = []

    def note(connection, cursor, statement, values, context, many):
        sent.append((statement, values))

    engine = services.access.database._engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        work()
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return sent


def test_each_site_is_counted_from_the_index_made_for_it(furnished):
    sent = statements_of(furnished, lambda: furnished.figures.coverage(YEAR, [SUITE, KENNELS]))
    counting = [(text, values) for text, values in sent if "count(" in text]
    assert len(counting) == 2
    with furnished.access.database.reading() as connection:
        for text, values in counting:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()
            assert "USING COVERING INDEX ix_visit_counting (site_id=? AND state=?" in plan[0][-1]
            assert "local_date>? AND local_date<?" in plan[0][-1]


def test_coverage_asks_four_questions_and_one_a_site(furnished):
    furnished.figures.coverage(YEAR, [SUITE])
    sent = statements_of(furnished, lambda: furnished.figures.coverage(YEAR, [SUITE, KENNELS]))
    selects = [text for text, _ in sent if text.startswith("SELECT")]
    assert len(selects) == 4 + 2


def test_the_visits_behind_a_cell_are_as_many_as_it_says(furnished):
    made = [make_visit(date(2025, 3, day)) for day in range(1, 20)]
    made += [make_kennel_visit(date(2025, 3, day)) for day in range(1, 8)]
    with furnished.access.database.transaction() as connection:
        visits.insert_visits(connection, made)
    for coverage in furnished.figures.coverage(YEAR, [SUITE, KENNELS]):
        numbers = {
            (row, column): number
            for row, counts in enumerate(coverage.counts)
            for column, number in enumerate(counts)
        }
        numbers |= {(row, None): number for row, number in enumerate(coverage.row_totals)}
        numbers |= {(None, column): number for column, number in enumerate(coverage.column_totals)}
        numbers[None, None] = coverage.total
        for (row, column), number in numbers.items():
            cell = CellQuery(coverage.site_id, coverage.grid, row, column)
            query = VisitQuery(period=YEAR, cell=cell, counted=CountedVisits.AT_SITE)
            assert furnished.visits.page(query).total == number
        outside = CellQuery(coverage.site_id, coverage.grid, outside=True)
        query = VisitQuery(period=YEAR, cell=outside, counted=CountedVisits.AT_SITE)
        assert furnished.visits.page(query).total == coverage.outside
