"""Meetings in a file, and the papers for them out of the same figures as every other document."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID
from zipfile import ZipFile

import pytest

from tests.builders import CARA, CUSTODY, make_visit, sign
from tests.reporting.meeting_papers import meeting
from visitapp.bootstrap import OpenedFile
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.office.meeting import Meeting, MeetingAction, MeetingMode
from visitapp.domain.period import Period
from visitapp.domain.year.meeting_pack import MeetingPack
from visitapp.persistence import settings_digests
from visitapp.services import Services

CROSSING = Period(date(2024, 12, 13), date(2025, 4, 9))


def test_a_meeting_is_kept_whole_and_the_latest_comes_first(furnished: Services) -> None:
    service, item = furnished.meetings, meeting()
    earlier = replace(item, id=UUID(int=903), held_on=date(2024, 1, 5), actions=())
    assert service.save(earlier) is Changes.MEETINGS
    service.save(item)
    assert service.meetings() == (replace(item, version=1), replace(earlier, version=1))
    changed = replace(item, present=frozenset((CARA,)), apologies=frozenset(), version=1)
    service.save(changed)
    assert service.meetings()[0] == replace(changed, version=2)
    with pytest.raises(ConflictError):
        service.save(replace(item, version=1))


def test_an_action_needs_words_and_whoever_came_is_in_the_register(furnished: Services) -> None:
    service, item = furnished.meetings, meeting()
    with pytest.raises(BadInputError, match="what is to be done"):
        service.save(replace(item, actions=(MeetingAction("  "),)))
    with pytest.raises(BadInputError, match="no longer in the register"):
        service.save(replace(item, present=frozenset((UUID(int=999),))))
    assert service.meetings() == ()


def test_an_action_is_marked_as_done_and_as_not_done(furnished: Services) -> None:
    service = furnished.meetings
    service.save(meeting())
    today = furnished.access.today()
    service.mark_done(meeting().id, 0, today)
    assert service.meetings()[0].actions[0].done_on == today
    service.mark_done(meeting().id, 0, None)
    assert service.meetings()[0].actions[0].done_on is None
    with pytest.raises(BadInputError, match="no longer there"):
        service.mark_done(meeting().id, 1, today)


def test_what_minutes_and_actions_were_stays_with_who_saved_them_and_when(
    furnished: Services,
) -> None:
    service, item, now = furnished.meetings, meeting(), furnished.access.now()
    service.save(item)
    service.save(replace(item, place="Elsewhere", version=1))
    service.save(replace(item, record="Nothing was raised.", version=2))
    service.mark_done(item.id, 0, furnished.access.today())
    kept = service.editions(item.id)
    assert [edition.record for edition in kept] == ["Nothing was raised."] * 2 + [item.record]
    assert kept[0].actions[0].done_on == furnished.access.today()
    assert kept[1].actions == kept[2].actions == item.actions
    assert {(edition.by, edition.at) for edition in kept} == {("Mary Manager", now)}
    assert service.editions(UUID(int=999)) == ()


def test_minutes_of_an_older_version_become_the_first_edition(furnished: Services) -> None:
    service, item = furnished.meetings, meeting()
    service.save(item)
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("DELETE FROM meeting_edition")
    service.save(replace(item, record="Nothing was raised.", version=1))
    new, old = service.editions(item.id)
    assert (old.record, old.actions, old.by, old.at) == (item.record, item.actions, "", None)
    assert new.record == "Nothing was raised."


def test_the_ledger_notices_minutes_changed_from_outside(furnished: Services) -> None:
    furnished.meetings.save(meeting())
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE meeting_edition SET record = 'Other words'")
        kinds = [kind.key for kind in settings_digests.contradicted(connection)]
    assert kinds == ["people"]


def test_the_ledger_notices_a_meeting_changed_from_outside(furnished: Services) -> None:
    furnished.meetings.save(meeting())
    with furnished.access.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE attendance SET is_present = 1")
        kinds = [kind.key for kind in settings_digests.contradicted(connection)]
        assert kinds == ["people"]


# the papers


def pack_of(services: Services, period: Period, item: Meeting | None = None) -> MeetingPack:
    return services.meetings.pack(period, None if item is None else item.id)


def test_the_papers_are_for_the_first_meeting_on_the_last_day_or_later(
    furnished: Services,
) -> None:
    first, later = (replace(meeting(), id=UUID(int=n), held_on=date(2025, 4, n)) for n in (3, 9))
    off = replace(first, id=UUID(int=2), held_on=date(2025, 4, 2), mode=MeetingMode.CALLED_OFF)
    for item in (first, later, off):
        furnished.meetings.save(item)
    days = Period(date(2025, 3, 1), date(2025, 4, 1))
    assert pack_of(furnished, days).meeting == replace(first, version=1)
    assert pack_of(furnished, days).next_on == later.held_on
    assert pack_of(furnished, Period(days.start, date(2025, 4, 3))).meeting.id == first.id
    assert pack_of(furnished, days, later).before.id == first.id
    assert furnished.meetings.days_before(later) == Period(date(2025, 4, 3), date(2025, 4, 8))
    assert pack_of(furnished, Period(date(2025, 4, 10), date(2025, 4, 10))).meeting is None


def test_a_period_over_two_years_has_an_update_on_each_and_delays_of_both(
    furnished: Services,
) -> None:
    for day in (date(2024, 12, 12), date(2024, 12, 20), date(2025, 4, 2)):
        sign(furnished, make_visit(day, ref=f"NOR-{day}"))
    pack = pack_of(furnished, CROSSING)
    assert [update.period for update in pack.updates] == [
        Period(date(2024, 12, 13), date(2025, 3, 31)),
        Period(date(2025, 4, 1), date(2025, 4, 9)),
    ]
    assert [part.quarter.visits for update in pack.updates for part in update.every][::2] == [1, 1]
    with pytest.raises(BadInputError, match="not begun"):
        pack_of(furnished, Period(date(2025, 4, 11), date(2025, 4, 30)))


def test_the_papers_of_the_demonstration_say_what_happened(
    shown: OpenedFile, tmp_path: Path
) -> None:
    service = shown.services.meetings
    item = next(m for m in service.meetings() if m.held_on == date(2025, 1, 15))
    days = service.days_before(item)
    assert days == Period(date(2024, 10, 9), date(2025, 1, 14))
    pack = service.pack(days, item.id)
    figures = shown.services.figures.summary(days)
    for update in pack.updates:
        for part in update.every:
            assert part.quarter == figures.schemes[part.quarter.scheme.kind]
    access = next(iter(figures.schemes.values())).access
    assert len(pack.delays) == access.delay + access.long
    assert pack.meeting.present | pack.meeting.apologies <= pack.names.keys()
    pdf, word = tmp_path / "pack.pdf", tmp_path / "pack.docx"
    assert service.save_pack(days, pdf, meeting_id=item.id).pages == 3
    service.save_pack(days, word, meeting_id=item.id)
    with ZipFile(BytesIO(word.read_bytes())) as file:
        words = file.read("word/document.xml").decode()
    assert "asked for dimmer lamps" in words
    assert "Say when the dimmer lamps at Keyham Lane come" in words


def test_no_timeslot_without_a_visit_is_named_before_the_year_is_over(shown: OpenedFile) -> None:
    from visitapp.reporting.meeting_pack import meeting_paper

    names = {
        item.held_on: [
            section.title
            for section in meeting_paper(
                shown.services.meetings.pack(shown.services.meetings.days_before(item), item.id)
            ).sections
        ]
        for item in shown.services.meetings.meetings()
        if item.held_on in (date(2024, 4, 16), date(2025, 1, 15))
    }
    assert any(title.startswith("Not visited in 2023/24") for title in names[date(2024, 4, 16)])
    assert not any(title.startswith("Not visited") for title in names[date(2025, 1, 15)])


def test_who_visits_delays_are_counted_by_is_the_schemes_own_limit(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 3, 5)))
    pack = pack_of(furnished, Period(date(2025, 3, 1), date(2025, 3, 31)))
    access = pack.updates[0].every[0].quarter.access
    assert len(pack.delays) == access.delay + access.long
    assert pack.limit == access.immediate_limit


def test_the_first_meeting_of_a_quarter_tells_of_the_quarter_that_ended(
    furnished: Services,
) -> None:
    first = replace(meeting(), held_on=date(2025, 4, 2))
    assert furnished.meetings.days_before(first) == Period(date(2025, 1, 1), date(2025, 4, 1))
    later = replace(first, held_on=date(2025, 4, 20))
    assert furnished.meetings.days_before(later) == Period(date(2025, 4, 1), date(2025, 4, 19))


def test_papers_say_how_things_stood_and_what_each_scheme_allows(furnished: Services) -> None:
    from visitapp.reporting.meeting_pack import meeting_paper

    period = Period(date(2025, 3, 1), date(2025, 3, 31))
    for day in (3, 4, 5, 6, 7, 8):
        sign(furnished, make_visit(date(2025, 3, day)))
    none = str(meeting_paper(pack_of(furnished, period)))
    assert "No actions from earlier meetings" in none
    assert "Issues raised and the force’s replies" in none
    assert "6 visits, 2 more than due" in none
    done = MeetingAction("Find a room", due_on=date(2025, 3, 20), done_on=date(2025, 4, 3))
    held = replace(meeting(), held_on=date(2025, 4, 3))
    before = replace(held, id=UUID(int=7), held_on=date(2025, 3, 4), actions=(done,))
    for item in (held, before):
        furnished.meetings.save(item)
    scheme = next(s for s in furnished.setup.schemes() if s.id == CUSTODY)
    furnished.setup.save_scheme(replace(scheme, immediate_limit=scheme.immediate_limit - 1))
    pack = pack_of(furnished, period, held)
    (((_, action),), page) = pack.actions, str(meeting_paper(pack))
    assert action.done_on is None
    assert "'Late'" in page
    assert pack.limit is None
    assert "Nobody waited longer than the scheme allows" in page
