"""Who was given what of the plan, and when: dated rows that stay."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pytest
from sqlalchemy import select

from tests.builders import SUITE
from tests.planners import QUARTER, of_site, planned
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.plan.notice import NoticeStanding, SealedFile
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.records.access_entry import AccessQuery
from visitapp.domain.records.record_kind import Deed, RecordKind
from visitapp.domain.text.wording import short_date
from visitapp.persistence import access_register
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


def opened(file: SealedFile) -> str:
    with pikepdf.open(file.path, password=file.passphrase) as pdf:
        content = BytesIO()
        pdf.save(content, encryption=False)
    return TaggedPdf(content.getvalue()).outline()


def test_a_sealed_sheet_has_the_days_and_times_of_one_visitor(
    office: Services, tmp_path: Path
) -> None:
    files = office.assignments.write_sealed(QUARTER, tmp_path)
    visitors = {name: who for who, name in office.assignments.people(QUARTER)}
    assert {file.visitor for file in files} == set(visitors)
    file = files[0]
    assert file.path.stem == f"{file.visitor}, sealed"
    words = opened(file)
    visits = planned(office)
    mine = [visit for visit in visits if visitors[file.visitor] in visit.pair]
    assert all(short_date(v.day) in words and clock(v.minute) in words for v in mine)
    others = [visit for visit in visits if visit not in mine]
    alien = {short_date(v.day) for v in others} - {short_date(v.day) for v in mine}
    assert not [day for day in alien if day in words]
    content = file.path.read_bytes()
    assert not [v for v in mine if short_date(v.day).encode() in content]
    lines = office.assignments.given_out(QUARTER)
    kinds = {notice.kind.words for line in lines for _, notice in line.notices}
    assert kinds == {"sealed sheet with day and time"}
    assert RecordKind.MOMENT in kinds_read(office)
    with pytest.raises(BadInputError, match="already exists"):
        office.assignments.write_sealed(QUARTER, tmp_path)


def test_a_sealed_sheet_opens_with_its_own_passphrase_and_with_nobody_elses(
    office: Services, tmp_path: Path
) -> None:
    files = office.assignments.write_sealed(QUARTER, tmp_path)
    phrases = [file.passphrase for file in files]
    assert len(set(phrases)) == len(files) > 2
    assert {len(phrase.split()) for phrase in phrases} == {7}, "nine bits each"
    assert not [file for file in files if file.passphrase in repr(file)]
    for file in files:
        assert opened(file)
        for other in {*phrases, ""} - {file.passphrase}:
            with pytest.raises(pikepdf.PasswordError):
                pikepdf.open(file.path, password=other)


def later(office: Services, minutes: int) -> Services:
    now = office.access.now() + timedelta(minutes=minutes)
    return Services(replace(office.access, clock=lambda: now), b"", Random(1))


def test_a_day_or_time_that_changed_since_asks_for_a_new_sealed_sheet(
    office: Services, tmp_path: Path
) -> None:
    office.assignments.write_sealed(QUARTER, tmp_path)
    visit = of_site(planned(office), SUITE)[3]
    hour = later(office, 60)
    hour.planning.pin(visit.id, True)
    hour.planning.choose_moment(visit.id, visit.day, visit.minute)
    assert NoticeStanding.CHANGED not in standings(office)
    hour.planning.choose_moment(visit.id, visit.day, visit.minute ^ 1)
    changed = [x for x in office.assignments.given_out(QUARTER) if x.standing.value == "changed"]
    assert len(changed) == 2
    assert {line.standing_words for line in changed} == {
        "Changed since: give them a new sealed sheet"
    }
    later(office, 90).assignments.write_sheets(QUARTER, tmp_path)
    assert standings(office)[NoticeStanding.CHANGED] == 2, "a page has no day"
    (tmp_path / "again").mkdir()
    later(office, 120).assignments.write_sealed(QUARTER, tmp_path / "again")
    assert NoticeStanding.CHANGED not in standings(office)
    later(office, 150).planning.redraw(visit.id)
    assert standings(office)[NoticeStanding.CHANGED] == 2


def kinds_read(office: Services) -> set[RecordKind]:
    """What the access register says was read, after a change that enters it."""
    office.week_rules.set_rule(SUITE, WeekRule.EACH)
    with office.access.database.reading() as connection:
        entries = access_register.page(connection, AccessQuery(limit=1_000)).entries
    return {entry.kind for entry in entries if entry.deed is Deed.READ}


def test_who_could_take_a_place_is_noted_as_people_read(office: Services) -> None:
    before = kinds_read(office)
    assert RecordKind.PERSON not in before
    visit = planned(office)[0]
    office.planning.suggest(visit.id, visit.pair[0])
    assert RecordKind.PERSON in kinds_read(office)


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
