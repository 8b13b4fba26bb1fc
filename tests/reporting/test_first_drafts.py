"""First drafts of texts of the year: the report's figures to the digit, and no opinion."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.reporting.published_year import published_year
from tests.reporting.test_bodies_and_periods import words as words_of
from visitapp.domain.office.meeting import Meeting, MeetingKind, MeetingMode
from visitapp.domain.office.scheme import Kind
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.summary import AnnualSummary, SchemeFigures
from visitapp.domain.year.year_texts import TEXT_FIELDS
from visitapp.reporting.annual import annual_report
from visitapp.reporting.annual.first_drafts import DraftedFrom, first_drafts

MEETINGS = [
    Meeting(UUID(int=1), MeetingKind.TEAM, date(2023, 6, 7)),
    Meeting(UUID(int=2), MeetingKind.TEAM, date(2023, 12, 13)),
    Meeting(UUID(int=3), MeetingKind.TEAM, date(2024, 3, 1), MeetingMode.CALLED_OFF),
    Meeting(UUID(int=4), MeetingKind.REGIONAL, date(2024, 5, 1)),
]
BESIDE = DraftedFrom(
    MEETINGS, ["Induction"] * 9 + ["Safety"] * 7 + ["First aid"] * 2, 3, date(2024, 4, 10)
)
JUDGEMENT = re.compile(
    r"\b(good|well|excellent|poor|bad|better|worse|best|worst|pleas\w+|disappoint\w+|concerning|"
    r"satisf\w+|unsatisf\w+|adequate\w*|inadequate\w*|fortunately|unfortunately|sadly|only|just|"
    r"even|very (?!busy)|high|low|encourag\w+|impress\w+|improv\w+|declin\w+|should|must|clearly|"
    r"significant\w*|positive\w*|negative\w*|success\w*|fail\w*|strong\w*|weak\w*|timely|prompt\w*)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def summary() -> AnnualSummary:
    return replace(published_year(), texts={})


def with_people(summary: AnnualSummary, **changed: int) -> AnnualSummary:
    figures = summary.schemes[Kind.CUSTODY]
    numbers = {"present": 60, "seen": 20, "refused": 10, "not_offered": 10, "not_available": 10,
               "asleep": 10, "other": 0}  # fmt: skip
    people = PeopleFigures(**numbers | changed)
    return replace(summary, schemes={Kind.CUSTODY: replace(figures, people=people)})


def test_drafts_are_facts_of_the_year(summary: AnnualSummary) -> None:
    drafts = first_drafts(summary, BESIDE)
    assert drafts["meetings"] == "Two team meetings were held, on 7 June 2023 and 13 December 2023."
    assert drafts["sites"] == (
        "Visits to each suite:\n- Euston Street: 51 visits; 52 were due\n"
        "- Keyham Lane: 50 visits; 52 were due"
    )
    assert "- Euston Street: Tuesday 00:00–07:59; Wednesday 08:00–11:59" in drafts["coverage"]
    assert drafts["access"].startswith("On 10 visits, visitors waited more than 5 minutes to be")
    assert drafts["people"].startswith("1,096 people were in the cells when visitors called, and")
    assert "- Food and drink: 23 issues (23 in 2022/23)" in drafts["issues"]
    assert drafts["response"].endswith(
        "2 were open at the end of the year. On 10 April 2024, 3 issues were without an answer of "
        "the force."
    )
    assert "- Induction: 9 volunteers\n- Safety" not in drafts["recruitment"]
    assert "First aid" not in drafts["recruitment"]
    assert set(drafts) <= {field.key for field in TEXT_FIELDS}


def test_drafts_agree_with_the_report_to_the_digit(summary: AnnualSummary) -> None:
    report = set(re.findall(r"\d[\d,.]*\d|\d", words_of(annual_report(summary))))
    drafts = first_drafts(summary, replace(BESIDE, unanswered=0, courses=(), meetings=()))
    for key, draft in drafts.items():
        assert set(re.findall(r"\d[\d,.]*\d|\d", draft)) <= report, key


def test_a_suite_with_a_target_for_part_of_the_year_has_the_visits_of_the_table(
    summary: AnnualSummary,
) -> None:
    figures = summary.schemes[Kind.CUSTODY]
    first, *others = figures.sites
    first = replace(first, target=replace(first.target, done=31, expected=30))
    summary = replace(summary, schemes={Kind.CUSTODY: replace(figures, sites=(first, *others))})
    assert f"- {first.name}: 31 visits; 30 were due" in first_drafts(summary, BESIDE)["sites"]


def test_no_draft_has_a_word_of_judgement(summary: AnnualSummary) -> None:
    drafts = first_drafts(summary, BESIDE)
    assert len(drafts) == 10
    assert not [draft for draft in drafts.values() if JUDGEMENT.search(draft)]


@pytest.mark.parametrize(
    "changed",
    [
        {"present": 4},
        dict.fromkeys(("present", "seen", "refused", "not_offered", "not_available", "asleep"), 0),
        {"present": 34, "not_offered": 4, "not_available": 0, "asleep": 0},
        {"uncounted_visits": 1_000_000},
    ],
)
def test_a_draft_tells_nothing_of_few_people_or_of_what_is_not_known(
    summary: AnnualSummary, changed: dict[str, int]
) -> None:
    assert "people" not in first_drafts(with_people(summary, **changed), BESIDE)


def test_small_parts_are_left_out(summary: AnnualSummary) -> None:
    few_refused = first_drafts(with_people(summary, seen=26, refused=4), BESIDE)["people"]
    assert "refused" not in few_refused
    assert "Of the others, 10 were asleep" in few_refused
    few_others = first_drafts(with_people(summary, asleep=8, other=2), BESIDE)["people"]
    assert "Of the others" not in few_others
    assert "Twenty spoke with visitors, and 10 refused." in few_others


def test_unknown_issues_have_no_draft_and_no_comparison(summary: AnnualSummary) -> None:
    def unknown(schemes: dict[Kind, SchemeFigures]) -> dict[Kind, SchemeFigures]:
        figures = schemes[Kind.CUSTODY]
        return {**schemes, Kind.CUSTODY: replace(
            figures, issues=replace(figures.issues, unknown_visits=1)
        )}  # fmt: skip

    now = replace(summary, schemes=unknown(dict(summary.schemes)))
    assert not {"issues", "response"} & set(first_drafts(now, BESIDE))
    before = replace(summary, previous=unknown(dict(summary.previous)))
    assert "in 2022/23" not in first_drafts(before, BESIDE)["issues"]


def test_there_is_no_draft_while_the_period_goes_on(summary: AnnualSummary) -> None:
    figures = summary.schemes[Kind.CUSTODY]
    goes_on = replace(figures, as_at=date(2023, 9, 1), so_far=figures.target)
    assert first_drafts(replace(summary, schemes={Kind.CUSTODY: goes_on}), BESIDE) == {}
