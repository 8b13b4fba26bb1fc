"""What a briefing looks back at: concerns of the last visits, points not checked for long."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_kennel_visit, make_site, make_visit
from visitapp.domain.following.briefing import (
    LONG_DAYS,
    LONG_VISITS,
    Briefing,
    Checks,
    Unchecked,
    handover_sentence,
    late_concerns,
    unchecked_of,
)
from visitapp.domain.office.grid import Band
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services.office.reference import reference_form

FORM = reference_form(Kind.CUSTODY)
DOGS = reference_form(Kind.ANIMAL_WELFARE)
TODAY = date(2025, 4, 10)
CHECKS = [q for q in FORM.questions() if q.kind == "check"]


def test_when_shifts_change_is_one_sentence():
    early, late = Band(390, 435), Band(1110, 1155)
    assert handover_sentence((early, late)) == (
        "Shifts change from 06:30 to 07:15 and from 18:30 to 19:15. Visitors may have to wait then."
    )
    assert handover_sentence((Band(1380, 1440),)).startswith("Shifts change from 23:00 to 00:00.")
    assert handover_sentence(()) == ""


@given(
    st.lists(
        st.tuples(st.integers(0, 60), st.sampled_from(["OK", "CONCERN", "NOT_CHECKED", None])),
        max_size=14,
    )
)
def test_a_point_is_to_be_looked_at_unless_it_was_checked_lately(given_answers):
    history, day = [], TODAY
    for days, answer in given_answers:
        day -= timedelta(days=days)
        history.append(Checks(day, {} if answer is None else {"kitchen": answer}))
    found = {one.ask: one.last for one in unchecked_of(FORM, history, TODAY)}
    kitchen = next(q for q in CHECKS if q.key == "kitchen")
    checked = [
        (at, checks.day)
        for at, checks in enumerate(history)
        if checks.answers.get("kitchen") in ("OK", "CONCERN")
    ]
    if not checked:
        assert found[kitchen.ask] is None
    else:
        at, last = checked[0]
        old = at >= LONG_VISITS or (TODAY - last).days > LONG_DAYS
        assert (kitchen.ask in found) is old
        assert found.get(kitchen.ask, last) == last
    others = {q.ask for q in CHECKS} - {kitchen.ask}
    assert others <= found.keys()


def written(day: date, concerns: dict[str, str], *issues: Issue, **changed):
    return make_visit(day, report=Report(1, concerns), issues=issues, **changed)


def test_a_concern_is_told_once_with_the_last_words_and_how_often():
    bright = Issue(
        uuid4(), "LIGHT", 2, question=Place.parse("answers:lighting"), description="Too bright."
    )
    last = written(date(2025, 4, 1), {"lighting": "CONCERN", "kitchen": "OK"}, bright)
    before = written(date(2025, 3, 1), {"lighting": "CONCERN", "yard": "CONCERN"})
    found = late_concerns([last, before, make_visit()], {1: FORM}, {})
    assert [(c.ask, c.words, c.on, c.times) for c in found] == [
        ("Lighting", "Too bright.", date(2025, 4, 1), 2),
        ("Exercise yard", "", date(2025, 3, 1), 1),
    ]


def test_a_concern_about_an_animal_names_it():
    rex = uuid4()
    rows = tuple(
        OutcomeCount("KENNEL", 1, row=ReportRow(animal_id=animal, answers={"health": "CONCERN"}))
        for animal in (rex, None)
    )
    sore = Issue(
        uuid4(), "HEALTH", 3, question=Place.parse("rows:1:health"), description="A sore paw."
    )
    visit = make_kennel_visit(counts=rows, present=2, report=Report(1, {}), issues=(sore,))
    found = late_concerns([visit], {1: DOGS}, {rex: "Rex"})
    assert [(c.ask, c.about, c.words) for c in found] == [
        ("Health", "Rex", "A sore paw."), ("Health", "", ""),
    ]  # fmt: skip


def test_a_point_for_the_manager_alone_is_in_no_briefing():
    secret = Question("secret", "Something secret", "check", manager_only=True)
    last = FORM.sections[-1]
    longer = replace(last, questions=(*last.questions, secret))
    form = replace(FORM, sections=(*FORM.sections[:-1], longer))
    visit = written(date(2025, 4, 1), {"secret": "CONCERN"})
    assert late_concerns([visit], {1: form}, {}) == ()
    assert "Something secret" not in {one.ask for one in unchecked_of(form, [], TODAY)}


def test_a_point_is_checked_lately_up_to_the_last_visit_and_day_that_count():
    kitchen = next(q for q in CHECKS if q.key == "kitchen")

    def is_to_be_looked_at(visits_ago: int, days_ago: int) -> bool:
        checked = Checks(TODAY - timedelta(days=days_ago), {"kitchen": "OK"})
        history = [Checks(TODAY, {})] * visits_ago + [checked]
        return kitchen.ask in {point.ask for point in unchecked_of(FORM, history, TODAY)}

    assert not is_to_be_looked_at(LONG_VISITS - 1, LONG_DAYS)
    assert is_to_be_looked_at(LONG_VISITS, LONG_DAYS)
    assert is_to_be_looked_at(LONG_VISITS - 1, LONG_DAYS + 1)


def test_points_are_grouped_by_the_day_they_were_checked_and_never_comes_first():
    late, early = date(2025, 3, 1), date(2025, 1, 1)
    points = (Unchecked("Yard", late), Unchecked("Kitchen", None), Unchecked("Cells", early),
              Unchecked("Showers", None))  # fmt: skip
    briefing = Briefing(
        make_site(), Scheme(uuid4(), Kind.CUSTODY, "Anyshire"), TODAY, (), 0, (), 0, (), points, 2,
        None,
    )  # fmt: skip
    assert briefing.unchecked_groups == (
        (None, ("Kitchen", "Showers")), (early, ("Cells",)), (late, ("Yard",)),
    )  # fmt: skip


def test_a_concern_about_a_row_without_an_animal_names_none():
    row = OutcomeCount("KENNEL", 1, row=ReportRow(answers={"health": "CONCERN"}))
    visit = make_kennel_visit(counts=(row,), present=1, report=Report(1, {}))
    (concern,) = late_concerns([visit], {1: DOGS}, {uuid4(): "Rex"})
    assert concern.about == ""
