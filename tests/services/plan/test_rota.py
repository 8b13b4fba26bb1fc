"""The rota to print: week, site and pair, never a moment or how many visits a week has."""

from collections import Counter
from pathlib import Path
from uuid import uuid4

import pytest
from openpyxl import load_workbook

from tests.builders import SUITE, make_site
from tests.planners import NAMES, QUARTER, moments_in, of_site, person_id, planned
from tests.reporting.tagged_pdf import TaggedPdf
from tests.services.plan.test_given_out import later
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.notice import EVERYBODY, NoticeLine, NoticeStanding
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.services import Services
from visitapp.services.year.year_folder import write_year


@pytest.fixture
def office(planned_office: Services) -> Services:
    planned_office.planning.use(QUARTER)
    return planned_office


def rows(path: Path, sheet: int) -> list[tuple[str, ...]]:
    """A table of a saved rota without its head."""
    book = load_workbook(path, read_only=True)
    cells = list(book.worksheets[sheet].iter_rows(min_row=4, values_only=True))
    book.close()
    return cells


def pair_words(visit: PlannedVisit) -> str:
    one, other = sorted(NAMES[who.int - person_id(0).int] for who in visit.pair)
    return f"{one} and {other}"


def test_each_week_has_one_pair_however_many_visits_it_has(
    office: Services, tmp_path: Path
) -> None:
    visits = of_site(planned(office), SUITE)
    assert max(Counter(visit.span for visit in visits).values()) > 1
    office.reports.save_rota(QUARTER, tmp_path / "rota.xlsx")
    listed = rows(tmp_path / "rota.xlsx", 1)
    assert len(listed) == 13
    pairs_of = {week: [pair_words(v) for v in visits if v.span == week] for week in QUARTER.weeks()}
    for (_, words), pairs in zip(listed, pairs_of.values(), strict=True):
        assert words in pairs


def test_a_readers_own_pair_stands_in_every_week_of_theirs(
    office: Services, tmp_path: Path
) -> None:
    visits = of_site(planned(office), SUITE)
    busy = next(week for week, n in Counter(v.span for v in visits).items() if n > 1)
    for visit in (visit for visit in visits if visit.span == busy):
        reader = NAMES[visit.pair[0].int - person_id(0).int]
        path = tmp_path / f"{reader}.xlsx"
        office.reports.save_rota(QUARTER, path, visitor=reader.upper(), force=True)
        week = rows(path, 2)[QUARTER.weeks().index(busy)]
        assert reader in week[1]
        assert len(rows(path, 1)) == len(office.assignments.of(visit.pair[0], QUARTER))


def test_the_rota_for_everybody_has_nobodys_page_and_no_rota_has_a_moment(
    office: Services, tmp_path: Path
) -> None:
    """The pages together would show which weeks have two visits."""
    everybodys = office.reports.save_rota(QUARTER, tmp_path / "rota.pdf")
    file = TaggedPdf(everybodys.path.read_bytes())
    words, visits = file.outline(), planned(office)
    assert everybodys.pages == len(file.pages) == 1
    assert "Visits for" not in words
    assert moments_in(words, visits) == []
    own = office.reports.save_rota(QUARTER, tmp_path / "ada.pdf", visitor="Ada Ashby")
    words = TaggedPdf(own.path.read_bytes()).outline()
    assert "Visits for Ada Ashby" in words
    assert "Visits for Bert Boot" not in words
    assert moments_in(words, visits) == []


def test_a_site_that_may_have_weeks_without_a_visit_is_not_listed(
    office: Services, tmp_path: Path
) -> None:
    office.week_rules.set_rule(SUITE, WeekRule.EMPTY_2)
    office.reports.save_rota(QUARTER, tmp_path / "rota.html")
    words = (tmp_path / "rota.html").read_text("utf-8")
    assert "Who visits Northgate" not in words
    assert "Visits to Northgate are only on the pages of their visitors" in words


def test_there_is_no_rota_before_a_plan_is_in_use_and_none_for_a_stranger(
    planned_office: Services, tmp_path: Path
) -> None:
    save = planned_office.reports.save_rota
    with pytest.raises(BadInputError, match="in use"):
        save(QUARTER, tmp_path / "rota.pdf")
    planned_office.planning.use(QUARTER)
    with pytest.raises(BadInputError, match="Nobody is called Zed"):
        save(QUARTER, tmp_path / "rota.pdf", visitor="Zed")
    part = Period(QUARTER.start, QUARTER.weeks()[1].start)
    save(part, tmp_path / "rota.xlsx")
    assert len(rows(tmp_path / "rota.xlsx", 1)) == 2, "whole weeks"


def test_the_folder_of_documents_has_the_rota_of_a_period_with_planned_visits(
    office: Services, tmp_path: Path
) -> None:
    days = Period(QUARTER.start, QUARTER.weeks()[1].end)
    written = write_year(office, days, tmp_path / "all")
    assert (tmp_path / "all" / "rota.pdf") in written
    (line,) = rota_lines(office)
    assert (line.visitor, line.span) == (EVERYBODY, days)
    visits = [line for line in office.assignments.given_out(days) if not line.is_rota]
    pages = {path.stem for path in (tmp_path / "all" / "pages-for-visitors").iterdir()}
    assert pages == {line.visitor for line in visits}
    assert {line.standing for line in visits} == {NoticeStanding.GIVEN}


def rota_lines(office: Services, days: Period = QUARTER) -> list[NoticeLine]:
    return [line for line in office.assignments.given_out(days) if line.is_rota]


def test_a_rota_that_was_handed_out_is_listed_and_first_once_the_plan_changed(
    office: Services, tmp_path: Path
) -> None:
    weeks = QUARTER.weeks()
    office.reports.save_rota(QUARTER, tmp_path / "rota.pdf")
    (line,) = rota_lines(office)
    assert line.standing is NoticeStanding.GIVEN
    assert line.given_words == "Thu 10 Apr 2025, rota (PDF)"
    assert line.when == "14 April 2025 to 13 July 2025"
    before = {who for v in planned(office) if v.span == weeks[4] for who in v.pair}
    stand_ins = [p.id for p in office.people.people() if p.id not in before][:2]
    for visit in (v for v in planned(office) if (v.site_id, v.span) == (SUITE, weeks[4])):
        office.planning.assign(visit.id, stand_ins)
    assert office.assignments.given_out(QUARTER)[0].is_rota
    assert rota_lines(office)[0].standing_words == "Changed since: hand out a new rota"
    assert rota_lines(office, weeks[5])[0].standing is NoticeStanding.GIVEN, "another week"
    later(office, 60).reports.save_rota(weeks[4], tmp_path / "week.docx")
    standings = {line.given_words: line.standing for line in rota_lines(office)}
    assert standings == {
        "Thu 10 Apr 2025, rota (PDF)": NoticeStanding.GIVEN,
        "Thu 10 Apr 2025, rota (Word)": NoticeStanding.GIVEN,
    }, "the week that changed was handed out again"
    later(office, 120).reports.save_rota(QUARTER, tmp_path / "again.xlsx")
    assert {line.given_words for line in rota_lines(office)} == {
        "Thu 10 Apr 2025, rota (spreadsheet); Thu 10 Apr 2025, rota (PDF)",
        "Thu 10 Apr 2025, rota (Word)",
    }


def test_a_rota_for_one_visitor_is_theirs_alone_with_the_page_that_it_begins_with(
    office: Services, tmp_path: Path
) -> None:
    office.reports.save_rota(QUARTER, tmp_path / "ada.pdf", visitor="Ada Ashby")
    assert [line.visitor for line in rota_lines(office)] == ["Ada Ashby"]
    given = [line for line in office.assignments.given_out(QUARTER) if line.notices]
    assert {line.visitor for line in given} == {"Ada Ashby"}
    assert len(given) == 1 + len(office.assignments.of(person_id(0), QUARTER))
    office.setup.save_site(make_site(id=uuid4(), name="Newtown", version=0, position=9))
    assert rota_lines(office)[0].standing is NoticeStanding.GIVEN, "nobody goes there yet"
