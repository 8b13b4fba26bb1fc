"""Who was given what of the plan, and when: dated rows that stay."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.builders import SUITE
from tests.planners import QUARTER, of_site, planned
from visitapp.domain.plan.notice import NoticeStanding
from visitapp.persistence.planning_tables import plan_notice
from visitapp.services import Services


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
