"""The table of answers says what the reports say, and nothing else."""

from collections import Counter
from dataclasses import replace
from datetime import date

from sqlalchemy import select, update

from tests.builders import CUSTODY, SUITE, make_visit, sign
from visitapp.domain.report.form import Question
from visitapp.domain.report.form_changes import question_of
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.persistence import counted_answers, visits
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.counted_answers import ANSWER, MONTH
from visitapp.services import Services

LIGHTS = Question("lights", "Lights out by eleven?", "yes_no")
OVERALL = {"overall": "SATISFACTORY"}


def rows_of(services: Services):
    with services.access.database.reading() as connection:
        return sorted(map(tuple, connection.execute(select(ANSWER))), key=str)


def months_of(services: Services):
    with services.access.database.reading() as connection:
        return sorted(map(tuple, connection.execute(select(MONTH))), key=str)


def answers_of(services: Services, *questions: str):
    """(question, meaning, code, value) -> number, of these questions."""
    counts: Counter[tuple[object, ...]] = Counter()
    for row in rows_of(services):
        if row[1] in questions:
            counts[row[1:5]] += row[5]
    return counts


def seen(**answers):
    return OutcomeCount("SEEN", 1, row=ReportRow("M1", answers=answers))


def test_the_table_of_the_demonstration_is_what_its_reports_say(shown) -> None:
    before = rows_of(shown.services)
    assert len({row[1] for row in before}) > 60
    months = months_of(shown.services)
    numbers: Counter[bool] = Counter()
    schemes = {scheme.id for scheme in shown.services.setup.schemes()}
    for row in months:
        numbers[row[0] in schemes] += row[6]
    assert numbers[True] == numbers[False] == sum(row[5] for row in before)
    with shown.database.transaction() as connection:
        counted_answers.rebuild(connection, visits.every(connection))
    assert rows_of(shown.services) == before
    assert months_of(shown.services) == months


def test_codes_numbers_and_what_was_not_answered_are_counted_by_row(furnished: Services) -> None:
    flagged = seen(told_rights="YES", flags=["CHILD", "MH"])
    counts = (flagged, seen(told_rights="NOT_CHECKED", flags=["MH"]), seen(told_rights="YES"))
    gone = OutcomeCount("ADVICE", 1, row=ReportRow("M2", answers={"flags": []}))
    report = Report(1, OVERALL | {"women": 2, "staff_on_duty": 7})
    sign(furnished, make_visit(date(2024, 3, 4), counts=(*counts, gone), present=4, report=report))
    assert answers_of(furnished, "told_rights") == {
        ("told_rights", 1, "YES", 0): 2,
        ("told_rights", 1, "NOT_CHECKED", 0): 1,
    }
    assert answers_of(furnished, "flags") == {
        ("flags", 1, "+", 0): 2,
        ("flags", 1, "CHILD", 0): 1,
        ("flags", 1, "MH", 0): 2,
        ("flags", 1, "-", 0): 2,
    }
    assert answers_of(furnished, "women", "staff_on_duty", "respect") == {
        ("women", 1, "", 2): 1,
        ("staff_on_duty", 1, "", 7): 1,
        ("respect", 1, "-", 0): 1,
    }
    assert not answers_of(furnished, "record_matches", "menstrual", "miles", "summary", "delayed")


def test_a_question_with_another_meaning_is_counted_by_itself(furnished: Services) -> None:
    furnished.forms.add_question(CUSTODY, "suite", LIGHTS)
    for day, number in ((4, 2), (5, 3)):
        report = Report(number, OVERALL | {"lights": "YES"})
        sign(furnished, make_visit(date(2024, 3, day), report=report))
        asked = question_of(furnished.forms.form(CUSTODY), "lights")
        assert asked is not None
        furnished.forms.change_question(CUSTODY, replace(asked, ask="Dark?", meaning=2))
    assert answers_of(furnished, "lights") == {
        ("lights", 1, "YES", 0): 1,
        ("lights", 2, "YES", 0): 1,
    }


def test_the_months_follow_what_is_withdrawn_and_put_back(furnished: Services) -> None:
    visits_service = furnished.visits
    signed = [
        sign(furnished, make_visit(date(2024, 3, day), report=Report(1, OVERALL | {"women": day})))
        for day in (4, 5)
    ]

    def women():
        return {row[0]: row[6:] for row in months_of(furnished) if row[2] == "women"}

    assert women() == {SUITE: (2, 9, 5), CUSTODY: (2, 9, 5)}
    visits_service.withdraw(signed[1].id, "Wrong suite")
    assert women() == {SUITE: (1, 4, 4), CUSTODY: (1, 4, 4)}
    visits_service.put_back(signed[1].id, "It was the right one")
    assert women() == {SUITE: (2, 9, 5), CUSTODY: (2, 9, 5)}


def test_a_report_goes_from_the_table_and_one_without_its_form_is_not_in_it(
    furnished: Services,
) -> None:
    signed = sign(furnished, make_visit(date(2024, 3, 4), report=Report(1, OVERALL)))
    assert {row[0] for row in rows_of(furnished)} == {signed.id}
    kept = {(row[0], row[5]) for row in months_of(furnished)}
    assert kept == {(SUITE, "ROUTINE"), (CUSTODY, "ROUTINE")}
    with furnished.access.database.transaction() as connection:
        counted_answers.remove(connection, [signed.id])
        assert connection.execute(select(ANSWER)).first() is None
        assert connection.execute(select(MONTH)).first() is None
        connection.execute(update(rt.report).values(form_number=9))
        counted_answers.rebuild(connection, visits.every(connection))
        assert connection.execute(select(ANSWER)).first() is None
        assert connection.execute(select(t.visit)).first() is not None
