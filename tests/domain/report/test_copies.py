"""What each reader of a report is given, as a rule over any answers."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, CUSTODY, make_visit
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.copies import (
    Audience,
    Recipient,
    form_for,
    is_issue_shown,
    is_shown,
    leaves_out,
    visit_for,
)
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import GUESTS, Report, ReportRow, shown_ends
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.services.office.reference import reference_form

FORM = reference_form(Kind.CUSTODY)
HIDDEN_FROM_POLICE = {"opcat", "reprisal", "for_manager", "miles", "expenses"}
NUMBERS = st.from_regex(r"[A-Z]{2}/[0-9]{4,6}/[0-9]{2}", fullmatch=True)
YES_NO = st.sampled_from(["YES", "NO"])


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    number = draw(NUMBERS)
    keys = [q.key for q in FORM.questions() if q.kind == "yes_no"]
    answers = draw(st.dictionaries(st.sampled_from(keys), YES_NO))
    answers["for_manager"] = f"About {number}"
    row = ReportRow("M1", number, answers={"complaint": draw(YES_NO), "request": number.lower()})
    questions = ["", "answers:opcat", "answers:reprisal", "rows:1:complaint", "answers:kitchen"]
    issues = draw(
        st.lists(
            st.builds(
                lambda severity, question: Issue(
                    uuid4(),
                    "CONDUCT",
                    severity,
                    question=Place.parse(question),
                    description=f"{number}!",
                ),
                st.integers(1, 4),
                st.sampled_from(questions),
            ),
            max_size=4,
        )
    )
    counts = (OutcomeCount("SEEN", 1, row=row),)
    report = Report(1, answers, 2, f"{number} again", "Anne")
    return make_visit(
        counts=counts, present=1, issues=tuple(issues), report=report, summary=f"x{number}x"
    )


@given(visit=visits(), audience=st.sampled_from(Audience))
def test_no_reader_is_given_a_whole_number_in_any_text(visit, audience):
    given = visit_for(visit, FORM, audience)
    number = visit.counts[0].row.custody_number
    texts = [given.summary, str(given.report), *(issue.description for issue in given.issues)]
    texts += [str(count.row.answers) for count in given.counts]
    assert all(number.casefold() not in text.casefold() for text in texts)


@given(visit=visits())
def test_the_police_are_given_what_a_visit_without_allegations_gives(visit):
    given = visit_for(visit, FORM, Audience.POLICE)
    assert not HIDDEN_FROM_POLICE & given.report.answers.keys()
    assert all("complaint" not in count.row.answers for count in given.counts)
    quiet = replace(
        visit,
        issues=tuple(
            issue
            for issue in visit.issues
            if issue.severity < 4 and str(issue.question) in ("", "answers:kitchen")
        ),
        report=replace(visit.report, answers={**visit.report.answers, "opcat": "NO"}),
    )
    assert given == visit_for(quiet, FORM, Audience.POLICE)
    assert given.issues == visit_for(quiet, FORM, Audience.POLICE).issues
    gone = len(given.issues) < len(visit.issues)
    alleged = visit.counts[0].row.answers["complaint"] == "YES"
    said = alleged or "YES" in (visit.report.answers.get(k) for k in ("opcat", "reprisal"))
    assert leaves_out(visit, answered_of(visit), FORM, Audience.POLICE) is (gone or said)


@given(visit=visits())
def test_the_manager_is_given_every_answer_and_issue(visit):
    given = visit_for(visit, FORM, Audience.MANAGER)
    assert given.report.answers.keys() == visit.report.answers.keys()
    assert len(given.issues) == len(visit.issues)
    assert form_for(FORM, Audience.MANAGER) == FORM
    assert not leaves_out(visit, answered_of(visit), FORM, Audience.MANAGER)


def test_a_question_a_scheme_adds_is_shown_by_its_own_marks():
    plain = Question("notice", "Told why?", "yes_no")
    grave = replace(plain, raises_category="CONDUCT", raises_severity=4)
    own = replace(plain, manager_only=True)
    money = replace(plain, is_expense=True)
    shown = {
        audience: [is_shown(question, audience) for question in (plain, grave, own, money)]
        for audience in Audience
    }
    assert shown == {
        Audience.MANAGER: [True, True, True, True],
        Audience.POLICE: [True, False, False, False],
        Audience.VISITORS: [True, True, True, False],
        Audience.REVIEWER: [True, True, False, False],
    }


def test_dates_and_references_are_no_custody_numbers():
    visit = make_visit(summary="On 04/03/2025 and 4/3/25, NOR-2024-017 says; EK/004417/25 too.")
    given = visit_for(visit, FORM, Audience.MANAGER)
    assert given.summary == "On 04/03/2025 and 4/3/25, NOR-2024-017 says; \u20267/25 too."
    told = make_visit(summary="Custody record number 25004417 had no entry; 25004417 again.")
    given = visit_for(told, FORM, Audience.MANAGER)
    assert given.summary == "Custody record number \u20264417 had no entry; 25004417 again."
    short = make_visit(
        counts=(OutcomeCount("SEEN", 1, row=ReportRow("", "4")),), present=1, summary="4 cells"
    )
    assert visit_for(short, FORM, Audience.POLICE).summary == "4 cells"


TACT_ONLY = Recipient(uuid4(), CUSTODY, "Independent Reviewer", Audience.REVIEWER, tact_only=True)


def test_a_reader_of_tact_visits_is_given_those_and_another_all():
    routine, tact = make_visit(), make_visit(type="TACT")
    assert [TACT_ONLY.gets(visit) for visit in (routine, tact)] == [False, True]
    everything = replace(TACT_ONLY, tact_only=False)
    assert [everything.gets(visit) for visit in (routine, tact)] == [True, True]
    for reader in (TACT_ONLY, everything):
        gone = replace(reader, is_active=False)
        assert [gone.gets(visit) for visit in (routine, tact)] == [False, False]


def test_only_the_scheme_and_its_visitors_are_given_who_the_visitors_are():
    """Their names, what they added to the time, who went along, and who amended the report."""
    signed = Confirmation(ANNE, "Anne Example", datetime(2025, 3, 6, 9, tzinfo=UTC))
    report = Report(1, {"guests": "Cara"}, 2, "A number was wrong", "Anne Example")
    visit = make_visit(confirmations=(signed,), extra_minutes=35, report=report)
    for audience, is_named in (
        (Audience.MANAGER, True),
        (Audience.VISITORS, True),
        (Audience.POLICE, False),
        (Audience.REVIEWER, False),
    ):
        copy = visit_for(visit, FORM, audience)
        assert audience.knows_visitors is is_named
        assert copy.confirmations[0].typed_name == ("Anne Example" if is_named else "")
        assert copy.extra_minutes == (35 if is_named else 0)
        assert copy.report.amended_by == ("Anne Example" if is_named else "")
        tells_why = audience is not Audience.POLICE
        assert copy.report.amended_reason == ("A number was wrong" if tells_why else "")


def test_the_police_are_given_an_issue_by_the_question_that_opened_it():
    def is_given(name: str) -> bool:
        issue = Issue(uuid4(), "CONDUCT", 2, question=Place.parse(name))
        return is_issue_shown(issue, FORM, Audience.POLICE)

    assert is_given("answers:kitchen")
    assert is_given("")
    assert is_given("answers:asked_no_more")
    assert not is_given("answers:reprisal")
    assert not is_given("rows:1:complaint")


def shortened_in(summary: str, *numbers: str, **answers: object) -> Visit:
    counts = tuple(OutcomeCount("SEEN", 1, row=ReportRow("", number)) for number in numbers)
    visit = make_visit(
        counts=counts, present=len(counts), summary=summary, report=Report(1, answers)
    )
    return visit_for(visit, FORM, Audience.MANAGER)


def test_a_number_that_holds_another_is_shortened_first_and_as_a_whole():
    short, long = "AB12", "AB12/9934"
    summary = shortened_in(f"{long} and {short}.", short, long).summary
    assert long not in summary
    assert "9934" in summary
    assert "AB12" not in shortened_in("AB12.", "AB12").summary, "four characters are a number"
    assert shortened_in("M12 is a cell.", "M12").summary == "M12 is a cell.", "three are none"


def test_several_numbers_in_one_text_are_all_shortened():
    summary = shortened_in(
        "Custody number 25004417 came first, then custody number 25004418."
    ).summary
    assert "25004417" not in summary
    assert "25004418" not in summary
    assert summary.index("4417") < summary.index("4418")
    assert summary.startswith("Custody number ")
    assert summary.endswith("4418.")


def test_numbers_are_shortened_in_lists_and_other_answers_stay():
    report = shortened_in(
        "", "EK/004417/25", kitchen=["EK/004417/25", "OK"], yard=3, cells=None
    ).report
    assert "EK/004417/25" not in str(report.answers)
    assert report.answers.get("kitchen", ["", "OK"])[1] == "OK"
    assert report.answers.get("yard", 3) == 3


def test_the_police_are_given_no_allegation_whoever_else_is():
    serious, grave = (
        Issue(uuid4(), "CONDUCT", severity, question=Place.parse("answers:kitchen"))
        for severity in (3, 4)
    )
    visit = make_visit(issues=(serious, grave), report=Report(1, {}))
    for audience in Audience:
        expected = (serious,) if audience is Audience.POLICE else (serious, grave)
        assert visit_for(visit, FORM, audience).issues == expected


def test_who_went_along_is_for_the_scheme_and_its_visitors():
    visit = make_visit(report=Report(1, {GUESTS: ["Cara Instance"]}))
    for audience in Audience:
        answers = visit_for(visit, FORM, audience).report.answers
        assert (GUESTS in answers) is audience.knows_visitors


def test_of_a_number_that_begins_like_another_no_more_is_shown():
    short, long = "EK0044", "EK004417"
    shown = shown_ends([short, long])
    summary = shortened_in(f"{long}, {short}", short, long).summary
    assert summary == f"{shown[long]}, {shown[short]}"
