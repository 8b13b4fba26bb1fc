"""What each reader of a report is given, as a rule over any answers."""

from dataclasses import replace
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_visit
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.copies import Audience, form_for, is_shown, leaves_out, visit_for
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
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
