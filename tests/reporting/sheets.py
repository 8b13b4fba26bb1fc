"""Sheets to check: copies of reports made of real forms, with every answer given, and few."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from uuid import UUID, uuid5

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    SUITE,
    at,
    make_kennel_visit,
    make_kennels,
    make_person,
    make_site,
    make_visit,
)
from tests.reporting import meeting_papers, period_papers, published_year
from visitapp.domain.following.briefing import Briefing, LateConcern, OpenIssue, Unchecked
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_log import IssueLetter, IssueLog, LoggedIssue, logged
from visitapp.domain.moment import Moment
from visitapp.domain.office.animal import Animal, coverage_of
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind, Office, Scheme
from visitapp.domain.period import Period
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.report.copies import Audience, Recipient, form_for, visit_for
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place, answer_place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.domain.year.quarterly_update import QuarterlyUpdate, RaisedIssue, SchemeUpdate
from visitapp.domain.year.site_quarter import quarter_of
from visitapp.domain.year.summary import Volunteers
from visitapp.reporting.assignment import AssignmentWords, VisitorPage
from visitapp.reporting.blank_form import BlankForm, blank_form
from visitapp.reporting.blocks import Document
from visitapp.reporting.briefing import briefing_sheet
from visitapp.reporting.evidence import evidence_pack
from visitapp.reporting.issue_letter import issue_letter
from visitapp.reporting.issue_log import issue_log
from visitapp.reporting.meeting_pack import meeting_paper
from visitapp.reporting.monthly_page import monthly_page
from visitapp.reporting.quarterly_update import quarterly_update
from visitapp.reporting.recovery_sheet import RecoveryWords, recovery_document
from visitapp.reporting.rota import RotaTable, RotaWords, rota_document
from visitapp.reporting.visit_report import VisitCopy, visit_report
from visitapp.security.recovery import as_code
from visitapp.services.office.reference import reference_codes, reference_form, reference_scheme

DAY, TODAY = date(2025, 3, 4), date(2025, 4, 10)
OFFICE = Office(UUID(int=1), "Office of the Police and Crime Commissioner for Anyshire", "Anyshire")
REX, ADA = UUID(int=801), UUID(int=802)
CUSTODY_NUMBERS = tuple(f"EK/{4400 + number:06}/25" for number in range(1, 41))
SECRETS = ("a shove in the van", "told not to speak to visitors", "The inspector\u2019s friend")
"""Words of allegations, which the police are never given."""


def scheme(kind: Kind) -> Scheme:
    return reference_scheme(kind, CUSTODY if kind is Kind.CUSTODY else ANIMALS)


@cache
def form(kind: Kind) -> Form:
    return reference_form(kind)


def about(kind: Kind, **site: object) -> ReportContext:
    names = {ANNE: "Anne Example", BEN: "Ben Sample", CARA: "Łucja Ŵyn-Ôl"}
    return ReportContext(
        scheme=scheme(kind),
        site=(make_site if kind is Kind.CUSTODY else make_kennels)(**site),
        grid=None,
        people={key: make_person(name, id=key) for key, name in names.items()},
        book=CodeBook.of(reference_codes(kind, scheme(kind).id)),
    )


def answer(question: Question) -> object:
    """An answer of the question's kind, always the same."""
    if question.kind == "check":
        return ("OK", "OK", "OK", "CONCERN", "NOT_CHECKED")[len(question.ask) % 5]
    if question.kind == "yes_no":
        return "YES" if question.raises_category else ("YES", "NO")[len(question.ask) % 2]
    if question.kind == "choice":
        return question.options[-1].code
    if question.kind == "choices":
        return [option.code for option in question.options[:3]]
    return {"number": 2, "time": "18:10"}.get(question.kind, f"Something said, {question.key}")


def all_answers(questions: object) -> dict[str, object]:
    return {q.key: answer(q) for q in questions if q.kind != "core"}  # type: ignore[attr-defined]


def full_custody(rows: int = 4) -> Visit:
    """Each question answered, rows for those seen, allegations, numbers written in texts."""
    asked = form(Kind.CUSTODY)
    about_visit = all_answers(asked.questions())
    answers = about_visit | {"for_inspector": f"Ask about {CUSTODY_NUMBERS[0]}"}
    of_row = all_answers(asked.row_questions()) | {"request": f"{CUSTODY_NUMBERS[1]} was cold"}
    counts = [
        OutcomeCount(
            "SEEN", 1, gender="FEMALE", age_group="A14_17", ethnicity="W1",
            row=ReportRow(f"M{at}", number, answers=of_row),
        )
        for at, number in enumerate(CUSTODY_NUMBERS[:rows], 1)
    ]  # fmt: skip
    counts += [
        OutcomeCount("REFUSED", 1),
        OutcomeCount("ASLEEP", 3),
        OutcomeCount("UNAVAIL", 2, "INTERVIEW"),
        OutcomeCount("ADVICE", 1, "VIOLENT"),
        OutcomeCount("NOTSEL", 1),
    ]
    issues = (
        _issue(1, "KITCHEN", 2, "One vegetarian meal left.", question=answer_place("kitchen"),
               raised_with="Custody sergeant", raised_minute=1130),
        _issue(2, "CONDUCT", 4, SECRETS[0], question=Place("rows", "2", "complaint")),
        _issue(3, "CONDUCT", 3, SECRETS[1], question=answer_place("reprisal")),
        _issue(4, "WARM", 1, f"{CUSTODY_NUMBERS[2].lower()} was cold.", status="RESOLVED",
               resolved_during_visit=True),
        _issue(5, "GOODSTAFF", 1, "A sergeant lent reading glasses.", status="NFA"),
    )  # fmt: skip
    return make_visit(
        DAY,
        id=UUID(int=901),
        ref="NOR-2024-017",
        type="TACT",
        arrived=at(DAY, 18, 2),
        admitted=at(DAY, 18, 20),
        left=at(DAY, 19, 5),
        delay_reason="HANDOVER",
        delay_explanation="the sergeant was briefing the late shift",
        present=sum(count.number for count in counts),
        counts=tuple(counts),
        issues=issues,
        extra_minutes=40,
        observers=(CARA,),
        summary=f"A calm suite. {CUSTODY_NUMBERS[0]} asked twice.\n\nThe kitchen needs stock.",
        locked_at=datetime(2025, 3, 4, 19, 41, tzinfo=UTC),
        confirmations=(
            Confirmation(ANNE, "Anne Example", datetime(2025, 3, 4, 19, 30, tzinfo=UTC)),
            Confirmation(BEN, "Ben Sample", datetime(2025, 3, 4, 19, 41, tzinfo=UTC)),
        ),
        report=Report(1, answers, 2, f"{SECRETS[2]} was left out", "Anne Example"),
    )


def _issue(number: int, category: str, severity: int, description: str, **changed) -> Issue:
    issue_id = uuid5(UUID(int=900), str(number))
    return Issue(issue_id, category, severity, description=description, **changed)


def full_kennels() -> Visit:
    asked = form(Kind.ANIMAL_WELFARE)
    of_row = all_answers(asked.row_questions())
    counts = (
        OutcomeCount("KENNEL", 1, row=ReportRow(animal_id=REX, answers=of_row)),
        OutcomeCount("TRAINING", 1, row=ReportRow(animal_id=ADA, answers=of_row)),
        OutcomeCount("VET", 1, row=ReportRow("Old Moss")),
        OutcomeCount("RESTING", 2),
    )
    return make_kennel_visit(
        DAY,
        id=UUID(int=902),
        ref="HIL-2024-003",
        present=5,
        counts=counts,
        issues=(_issue(6, "HEALTH", 3, "A sore paw.", question=Place("rows", "1", "health")),),
        locked_at=datetime(2025, 3, 4, 12, tzinfo=UTC),
        report=Report(1, all_answers(asked.questions())),
    )


def copy_of(visit: Visit, kind: Kind, audience: Audience, **site: object) -> VisitCopy:
    """As the service makes it: what the reader isn't given is gone before the writing."""
    own = form(kind)
    return VisitCopy(
        visit=visit_for(visit, own, audience),
        form=form_for(own, audience) if visit.report else None,
        about=about(kind, **site),
        office=OFFICE,
        recipient=Recipient(UUID(int=1), scheme(kind).id, audience.value.capitalize(), audience),
        animals={REX: "Rex", ADA: "Ada"},
        anchor=Anchor(1201, "0b4d7f3a92c1"),
    )


def _copy(visit: Visit, kind: Kind, audience: Audience, **site: object) -> Document:
    return visit_report(copy_of(visit, kind, audience, **site))


def _blank(kind: Kind) -> Document:
    book = about(kind).book
    return blank_form(BlankForm(form(kind), scheme(kind), book, OFFICE, TODAY))


def briefing(kind: Kind) -> Briefing:
    """Something of everything."""
    site = about(kind).site
    assert site is not None
    dogs = [
        Animal(UUID(int=810 + at), ANIMALS, site.id, name) for at, name in enumerate(("Rex", "Ada"))
    ]
    return Briefing(
        site=site,
        scheme=scheme(kind),
        today=TODAY,
        open_issues=(
            open_issue(1, "No halal meals in date; one had crisps only.", "A timer was ordered."),
            open_issue(2, "The lights of the corridor are bright all night, " * 8, ""),
        ),
        open_number=2,
        answered=(open_issue(3, "A cracked tile", "It was replaced."),),
        answered_number=1,
        concerns=(
            LateConcern("Lighting", "", "Bright at night.", DAY, 2),
            LateConcern("Health", "Blitz", "", DAY, 1),
        ),
        unchecked=(Unchecked("Van dock", None), Unchecked("Fire exits", date(2024, 9, 1))),
        written=9,
        animals=coverage_of(dogs, {dogs[0].id: TODAY}, TODAY) if kind is not Kind.CUSTODY else None,
    )


def open_issue(number: int, words: str, answer: str) -> OpenIssue:
    return OpenIssue("Food and drink", 2, "Raised", DAY, words, answer)


def _by_telephone() -> Visit:
    return make_visit(
        DAY, ref="NOR-2024-018", mode="TELEPHONE", admitted=None, left=None, present=None,
        counts=(), visitors=(ANNE, BEN), locked_at=datetime(2025, 3, 4, 12, tzinfo=UTC),
    )  # fmt: skip


def _not_let_in() -> Visit:
    return make_visit(
        DAY, ref="NOR-2024-019", status="REFUSED_ENTRY", admitted=None, left=at(DAY, 15),
        present=0, counts=(), delay_reason="CLOSED", locked_at=datetime(2025, 3, 4, 12, tzinfo=UTC),
        report=Report(1, {"cells_clean": "NOT_CHECKED"}),
    )  # fmt: skip


def _update() -> QuarterlyUpdate:
    """The published year's figures, and a week that was missed."""
    quarter = Period(date(2024, 1, 1), date(2024, 3, 31))
    figures = published_year.custody()
    site = make_site(name="Keyham Lane and Øst")
    visits = {date(2024, 1, 3) + timedelta(weeks=week): 1 for week in range(13) if week != 4}
    weeks = (quarter_of(site, quarter, visits, TODAY),)
    issues = (
        RaisedIssue("No blankets in two cells", site.name, "A shelf is filled", False, 6),
        RaisedIssue("Lighting too bright at night", site.name, "", True, 19),
    )
    update = SchemeUpdate(figures, figures, weeks, Volunteers(15, 2, 1, 16), issues, 3)
    year = Period(date(2023, 4, 1), date(2024, 3, 31))
    return QuarterlyUpdate(OFFICE, quarter, year, quarter.end, {Kind.CUSTODY: update})


def _logged(number: int, **changed: object) -> LoggedIssue:
    raised = Moment.at(DAY, 600 + number)
    issue = _issue(number, "WARM", 2, f"Nr {number}: cold at night, and no second blanket.")
    line = IssueLine(
        replace(issue, **changed), UUID(int=901), "NOR-2024-017", CUSTODY, SUITE,
        "Llanfair–Ŵyllt" if number % 2 else "Northgate", raised, "Blankets and heating",
        "Closed" if changed else "Referred", not changed, False, 14, TODAY,
    )  # fmt: skip
    return logged(line, issue.description, "Needs action", (), "Bought." if changed else "")


def _issue_log() -> IssueLog:
    closed = tuple(_logged(at, status="CLOSED", closed_on=TODAY) for at in range(10, 50))
    at_visit = _logged(60, resolved_during_visit=True, status="RESOLVED")
    return IssueLog(
        OFFICE.name, DAY, TODAY, TODAY, (_logged(1), _logged(2)), (*closed, at_visit), "Invented"
    )


def _issue_letter() -> IssueLetter:
    at_visit = _logged(60, resolved_during_visit=True, status="RESOLVED")
    waiting = (_logged(1), _logged(2))
    return IssueLetter(
        OFFICE.name, "Custody visiting", "Custody inspector", "at visits in March 2025", TODAY,
        waiting, (at_visit,),
    )  # fmt: skip


def _rota() -> RotaWords:
    """Two suites and kennels, a week without a pair, and the reader's page."""
    pair = "Anne Example and Łucja Ŵyn-Ôl"
    visits = tuple(
        AssignmentWords("Custody visiting", "Northgate", week, "Łucja Ŵyn-Ôl", two_pairs=True)
        for week in ("14–20 Apr 2025", "28 Apr – 4 May 2025")
    )
    return RotaWords(
        OFFICE.name,
        "14 April 2025 to 13 July 2025",
        TODAY,
        (
            RotaTable(
                "Week",
                ("Northgate", "Southgate"),
                (("14–20 Apr 2025", pair, ""), ("21–27 Apr 2025", "", pair)),
            ),
            RotaTable("Month", ("Hillside",), (("April 2025", pair),)),
        ),
        "Anne Example",
        VisitorPage(OFFICE.name, "Anne Example", visits, TODAY),
        unlisted=("Eastgate",),
    )


SHEETS: dict[str, Callable[[], Document]] = {
    "recovery sheet": lambda: recovery_document(
        RecoveryWords("Łódź records.visits", as_code(bytes(range(7, 27))), date(2025, 4, 10))
    ),
    "report for the manager": lambda: _copy(full_custody(), Kind.CUSTODY, Audience.MANAGER),
    "report for the police": lambda: _copy(full_custody(), Kind.CUSTODY, Audience.POLICE),
    "report for the visitors": lambda: _copy(full_custody(), Kind.CUSTODY, Audience.VISITORS),
    "report for the reviewer": lambda: _copy(full_custody(), Kind.CUSTODY, Audience.REVIEWER),
    "report of forty detainees": lambda: _copy(
        full_custody(40),
        Kind.CUSTODY,
        Audience.MANAGER,
        name="Llanfair\u2013Ŵyllt and Østbridge " * 3,
    ),
    "report of a kennel visit": lambda: _copy(full_kennels(), Kind.ANIMAL_WELFARE, Audience.POLICE),
    "report without a form": lambda: _copy(
        replace(full_custody(0), report=None, confirmations=()), Kind.CUSTODY, Audience.MANAGER
    ),
    "report of a telephone visit": lambda: _copy(
        _by_telephone(), Kind.CUSTODY, Audience.MANAGER, cells=None
    ),
    "report of a refused visit": lambda: _copy(_not_let_in(), Kind.CUSTODY, Audience.POLICE),
    "blank form for custody": lambda: _blank(Kind.CUSTODY),
    "blank form for kennels": lambda: _blank(Kind.ANIMAL_WELFARE),
    "quarterly update": lambda: quarterly_update(_update()),
    "rota": lambda: rota_document(_rota()),
    "meeting pack": lambda: meeting_paper(meeting_papers.pack(_update(), TODAY)),
    "issue log": lambda: issue_log(_issue_log()),
    "issue letter": lambda: issue_letter(_issue_letter()),
    "monthly page": lambda: monthly_page(period_papers.month(_update())),
    "indicators": period_papers.indicators,
    "evidence pack": lambda: evidence_pack(period_papers.evidence()),
    "briefing for a suite": lambda: briefing_sheet(briefing(Kind.CUSTODY), OFFICE, 6),
    "briefing for kennels": lambda: briefing_sheet(briefing(Kind.ANIMAL_WELFARE), OFFICE, 1),
    "briefing with nothing to say": lambda: briefing_sheet(
        replace(
            briefing(Kind.ANIMAL_WELFARE), open_issues=(), open_number=0, answered=(),
            answered_number=0, concerns=(), unchecked=(),
            animals=coverage_of([], {}, TODAY),
        ),
        OFFICE, 6,
    ),
}  # fmt: skip


def without_allegations(visit: Visit) -> Visit:
    """The same visit, had nobody alleged anything."""
    assert visit.report is not None
    quiet = {"opcat": "NO", "reprisal": "NO"}
    counts = tuple(
        count
        if count.row is None
        else replace(
            count, row=replace(count.row, answers={**count.row.answers, "complaint": "NO"})
        )
        for count in visit.counts
    )
    report = replace(
        visit.report, answers={**visit.report.answers, **quiet}, amended_reason="A slip"
    )
    issues = tuple(issue for issue in visit.issues if issue.category != "CONDUCT")
    return replace(visit, counts=counts, report=report, issues=issues)
