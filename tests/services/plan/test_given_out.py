"""Who was given what of the plan, and when: dated rows that stay."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from sqlalchemy import select

from tests.builders import SUITE
from tests.planners import QUARTER, of_site, planned
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.plan.notice import NoticeStanding
from visitapp.domain.text.wording import short_date
from visitapp.persistence.planning_tables import plan_notice
from visitapp.services import Services

PASSPHRASE = "lantern orchard pebble violin"


@pytest.fixture
def office(planned_office: Services) -> Services:
    planned_office.planning.use(QUARTER)
    return planned_office


def standings(office: Services) -> Counter[NoticeStanding]:
    return Counter(line.standing for line in office.assignments.given_out(QUARTER))


def test_pages_and_calendar_files_are_noted_and_notices_stay(
    office: Services, tmp_path: Path
) -> None:
    everything = 2 * len(planned(office))
    assert standings(office) == {NoticeStanding.MISSING: everything}
    office.assignments.write_sheets(QUARTER, tmp_path)
    assert standings(office) == {NoticeStanding.GIVEN: everything}
    visit = of_site(planned(office), SUITE)[0]
    person = visit.pair[0]
    target = tmp_path / "mine.ics"
    office.assignments.write_calendar(person, QUARTER, target, site=True, partner=True)
    mine = [line for line in office.assignments.given_out(QUARTER) if len(line.notices) == 2]
    assert len(mine) == len(office.assignments.of(person, QUARTER))
    assert set(mine[0].given_words.split("; ")) == {
        "Thu 10 Apr 2025, calendar file",
        "Thu 10 Apr 2025, page",
    }
    assert {notice.by for _, notice in mine[0].notices} == {"Mary Manager"}
    with office.access.database.reading() as connection:
        rows = connection.execute(select(plan_notice)).all()
    assert len(rows) == everything + len(mine)
    assert not {"day", "minute", "cell"} & set(plan_notice.columns.keys())


def test_a_sealed_sheet_has_the_days_and_times_of_one_visitor(
    office: Services, tmp_path: Path
) -> None:
    with pytest.raises(BadInputError, match="stronger"):
        office.assignments.write_sealed(QUARTER, tmp_path, "short")
    written = office.assignments.write_sealed(QUARTER, tmp_path, PASSPHRASE)
    visitors = {name: who for who, name in office.assignments.people(QUARTER)}
    assert {path.stem.removesuffix(", sealed") for path in written} == set(visitors)
    path = written[0]
    name = path.stem.removesuffix(", sealed")
    with pikepdf.open(path, password=PASSPHRASE) as file:
        opened = BytesIO()
        file.save(opened, encryption=False)
    words = TaggedPdf(opened.getvalue()).outline()
    visits = planned(office)
    mine = [visit for visit in visits if visitors[name] in visit.pair]
    assert all(short_date(v.day) in words and clock(v.minute) in words for v in mine)
    others = [visit for visit in visits if visit not in mine]
    alien = {short_date(v.day) for v in others} - {short_date(v.day) for v in mine}
    assert not [day for day in alien if day in words]
    content = path.read_bytes()
    assert not [v for v in mine if short_date(v.day).encode() in content]
    lines = office.assignments.given_out(QUARTER)
    kinds = {notice.kind.words for line in lines for _, notice in line.notices}
    assert kinds == {"sealed sheet with day and time"}
    with pytest.raises(BadInputError, match="already exists"):
        office.assignments.write_sealed(QUARTER, tmp_path, PASSPHRASE)


def test_a_cancelled_visit_is_first_and_one_that_nobody_was_given_is_not_listed(
    office: Services, tmp_path: Path
) -> None:
    visit = of_site(planned(office), SUITE)[0]
    office.assignments.write_sheets(QUARTER, tmp_path, visit.id)
    office.planning.cancel(visit.id)
    lines = office.assignments.given_out(QUARTER)
    assert [line.standing for line in lines[:2]] == [NoticeStanding.WITHDRAWN] * 2
    assert {line.site_name for line in lines[:2]} == {"Northgate"}
    assert NoticeStanding.MISSING in standings(office)
