"""The section of the annual report on what visitors checked."""

from dataclasses import replace

from tests.domain.year.test_findings import figures
from tests.reporting.published_year import published_year
from visitapp.domain.figures import single_share
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.findings import AnswerChange, NumberFigures
from visitapp.reporting import blocks
from visitapp.reporting.annual import annual_report

NUMBER = figures(
    measure=Measure.NUMBER, key="women", ask="Women and girls", section="Detainees",
    of_people=False, asked=40, answered=38, numbers=NumberFigures(1200, None, 60),
)  # fmt: skip


def with_findings(*findings):
    return replace(published_year(), findings={Kind.CUSTODY: findings})


def section(summary):
    every = annual_report(summary).sections
    return next((part for part in every if part.title == "What visitors checked"), None)


def tables(summary):
    return [block for block in section(summary).blocks if isinstance(block, blocks.Table)]


def words(summary):
    return str(section(summary).blocks)


def test_a_year_without_answers_has_no_such_section() -> None:
    assert section(published_year()) is None
    assert section(with_findings(figures(9, manager_only=True))) is None


def test_each_question_is_there_with_its_answers_and_numbers() -> None:
    (answers, numbers) = tables(with_findings(figures(40, 12, 0), NUMBER))
    assert answers.rows == (("Food?", "52", "52", "0", "Answer 0 40 (77%); Answer 1 12 (23%)"),)
    assert numbers.rows == (("Women and girls", "40", "38", "1,200", "not shown", "60"),)
    assert "fewer than 5 people are not shown" in words(with_findings(NUMBER))
    assert "Numbers that visitors entered for a whole visit are." in words(with_findings(NUMBER))


def test_small_numbers_of_people_are_not_printed() -> None:
    (table,) = tables(with_findings(figures(40, 12, 3)))
    assert table.rows[0][-1] == "Answer 0 40 (73%); others not shown"
    (table,) = tables(with_findings(figures(0, 3, 0)))
    assert table.rows[0][-1] == "not shown"
    whole = words(with_findings(figures(40, 12, 0)))
    assert "not shown" not in whole


def test_how_many_records_had_a_gap_is_not_printed_if_they_are_few() -> None:
    gaps = figures(1, 2, measure=Measure.CODES, key="gaps", ask="Gaps?", asked=12)
    summary = with_findings(figures(40, 12, 0), gaps)
    (table,) = tables(summary)
    assert table.rows[1] == ("Gaps?", "12", "not shown", "0", "not shown")
    opener = section(summary).blocks[1]
    assert opener.figures[0].value == "52"  # with the others, the sum of all answers would tell
    assert "fewer than 5 people are not shown" in words(summary)
    many = figures(0, 6, measure=Measure.CODES, hides_answered=True)
    (table,) = tables(with_findings(replace(many, answers=tuple(
        replace(answer, share=None) for answer in many.answers
    ))))  # fmt: skip
    assert table.rows[0][2:] == ("not shown", "0", "Answer 1 6")


def changed(earlier_part: int, **more):
    of = figures(90, 10, **more)
    first, second = of.answers
    change = AnswerChange(90, 100, earlier_part, 100)
    return replace(of, answers=(replace(first, change=change), second))


def test_only_changes_beyond_chance_are_named() -> None:
    assert "Food?: Answer 0 90%, before 60%" in words(with_findings(changed(60)))
    assert "before" not in words(with_findings(changed(88)))
    assert "before" not in words(with_findings(changed(3)))  # too few people to be named
    assert "before 3%" in words(with_findings(changed(3, of_people=False)))
    assert single_share(60, 100).text == "60%"
