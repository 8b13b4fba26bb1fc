"""Planned moments, and how many visits a week gets, stay in the encrypted records."""

import json
import logging
import os
import re
from collections import Counter
from dataclasses import asdict, replace
from datetime import timedelta
from itertools import combinations, product
from math import prod
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import SUITE
from tests.planners import (
    QUARTER,
    START,
    moments_in,
    of_site,
    person_id,
    planned,
    planner,
    say,
)
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError, VisitAppError
from visitapp.domain.office.grid import clock
from visitapp.domain.period import Period, span_words
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.planning.law import suite_policy
from visitapp.planning.level import LevelLaw
from visitapp.planning.simulation import week_options
from visitapp.reporting import assignment
from visitapp.services import Services
from visitapp.services.plan.planning import weeks_from


@pytest.fixture
def office(planned_office: Services) -> Services:
    return planned_office


def test_a_planned_visit_does_not_tell_its_moment_in_its_description(office: Services) -> None:
    visit = of_site(planned(office), SUITE)[0]
    assert "day=" not in repr(visit)
    assert "minute=" not in repr(visit)
    assert "cell=" not in repr(visit)
    assert "day" not in repr(planner(office).reveal(visit.id))


def test_what_the_plan_shows_and_says_holds_no_moment(office: Services) -> None:
    visits = planned(office)
    service = planner(office)
    visit = of_site(visits, SUITE)[0]
    service.assign(visit.id, visit.pair[:1])
    sheet = service.sheet(QUARTER)
    assert moments_in(repr(sheet.notes), visits) == []
    assert moments_in(service.plan_json(QUARTER), visits) == []
    for row in json.loads(service.plan_json(QUARTER))["visits"]:
        assert set(row) == {"week", "span", "site", "pair", "mode", "pinned", "status"}
    told = json.loads(service.plan_json(QUARTER, moments=True))["visits"]
    assert sorted((row["day"], row["time"]) for row in told) == sorted(
        (v.day.isoformat(), clock(v.minute)) for v in planned(office)
    )


def test_what_is_broken_is_said_without_a_moment(office: Services) -> None:
    service = planner(office)
    visits = planned(office)
    for visit in of_site(visits, SUITE)[:5]:
        service.choose_moment(visit.id, visit.span.end, 1205)
    audits = office.foresight.plan(QUARTER)
    said = [words for audit in audits for words in (*audit.broken, *audit.by_hand)]
    said += [words for v in visits[:5] for words in service.breaks(v.id, v.pair[:1])]
    sentences = " ".join(said)
    assert said
    assert "20:05" not in sentences
    assert not [d for d in (v.span.end for v in visits) if d.isoformat() in sentences]


def test_a_visit_chosen_by_hand_on_a_likely_day_is_counted_in_a_file_but_not_named(
    office: Services,
) -> None:
    service, period = planner(office), weeks_from(START, 2)
    for visit in of_site(planned(office), SUITE):
        if visit.span.start in (START, START + timedelta(days=7)):
            service.choose_moment(visit.id, visit.span.end, 12 * 60)
    (audit, *_) = office.foresight.plan(period)
    assert "20" in audit.by_hand[0]
    content = json.loads(office.foresight.plan_json(SUITE, period))
    assert not [words for words in content["broken"] if "14" in words or "Apr" in words]
    assert content["broken"][-1].endswith("The page Plan says which.")


def test_what_the_names_say_is_the_same_whatever_was_drawn(office: Services) -> None:
    service, period = planner(office), weeks_from(START, 1)
    visit = of_site(planned(office), SUITE)[0]
    said = set()
    for day in range(7):
        service.choose_moment(visit.id, START + timedelta(days=day), 12 * 60)
        content = json.loads(office.foresight.plan_json(SUITE, period))
        names, readers = content["names_known"], content["readers"]
        said.add((names["alert_day"]["caught"], names["alert_day"]["of_visits"], str(readers)))
        assert names["limit"] == 0.4
        assert readers["rota"]["caught"] >= readers["page"]["caught"] > 1 / 7
    ((share, number, _),) = said
    assert number == len([v for v in of_site(planned(office), SUITE) if v.span == visit.span])
    assert share == pytest.approx(_likeliest_of(number), abs=0.001), "everybody can always go"


def _likeliest_of(number: int) -> float:
    """The likeliest day of a visit to whoever knows how many the first week of a year has, over all
    sets of so many days. By even days that is more than one in seven."""
    law = LevelLaw(week_options(7, 5), [0] * 35, suite_policy(), 50)
    hazards = [[law.hazard(day, so_far) for so_far in (0, 1)] for day in range(7)]
    chances = {
        days: prod(
            hazards[day][day > days[0]] if day in days else 1 - hazards[day][day > days[0]]
            for day in range(7)
        )
        for days in combinations(range(7), number)
    }
    of_day = [sum(chances[days] for days in chances if day in days) for day in range(7)]
    return max(of_day) / sum(of_day)


def test_nothing_of_a_plan_stands_in_plain_bytes_on_the_disk(
    locked: Path, office: Services, tmp_path: Path
) -> None:
    backup = tmp_path / "backup.visits"
    office.maintenance.backup(backup)
    visits = planned(office)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) >= 2
    for path in files:
        content = path.read_bytes()
        assert b"planned_visit" not in content, path
        for visit in visits:
            assert visit.day.isoformat().encode() not in content, path
            assert visit.id.bytes not in content, path
            assert visit.id.hex.encode() not in content, path


def test_no_sentence_without_moments_depends_on_the_day_of_a_visit(office: Services) -> None:
    """Whoever knows when people can go learns no weekday from what the JSON says of a week."""
    service, moved = planner(office), of_site(planned(office), SUITE)[5]
    first, second = moved.pair
    away = tuple(Period(day, day) for day in (moved.span.start, moved.span.end))
    for number in range(10):
        if person_id(number) == first:
            say(office, number, away=away)
        if person_id(number) == second:
            say(office, number, wishes=away[:1])
    service.assign(of_site(planned(office), SUITE)[8].id, ())
    said = set()
    for at in range(7):
        service.choose_moment(moved.id, moved.span.start + timedelta(days=at), 12 * 60)
        says = json.loads(service.plan_json(QUARTER))["says"]
        said.add(tuple(note["sentence"] for note in says if span_words(moved.span) in str(note)))
        assert any("Somebody is still needed for 1 visit." in note["sentence"] for note in says)
        assert all("another time" not in " ".join(note["helps"]) for note in says)
    assert len(said) == 1


def test_documents_and_figures_know_nothing_of_a_plan(office: Services) -> None:
    """The year's figures and its report are the same to the byte with a plan and without."""
    year = APRIL_YEARS.year_of(START)
    with_plan = office.figures.figures_json(year), office.reports.annual_pages(year).content
    planner(office).discard(QUARTER)
    assert planned(office) == []
    assert (
        office.figures.figures_json(year),
        office.reports.annual_pages(year).content,
    ) == with_plan


def test_planning_logs_no_moment(office: Services, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    service = planner(office)
    visits = planned(office)
    service.cancel(visits[0].id)
    service.plan_again(QUARTER)
    for visit in planned(office):
        with pytest.raises(VisitAppError) as raised:
            service.choose_moment(visit.id, visit.span.end + timedelta(days=1), visit.minute)
        assert moments_in(str(raised.value), [visit]) == []
    assert moments_in(caplog.text, visits) == []


def test_a_visitor_is_given_sites_weeks_and_partners_on_one_page(
    office: Services, tmp_path: Path
) -> None:
    folder = tmp_path / "sheets"
    folder.mkdir()
    with pytest.raises(BadInputError, match="in use"):
        office.assignments.write_sheets(QUARTER, folder)
    planner(office).use(QUARTER)
    visits = planned(office)
    written = office.assignments.write_sheets(QUARTER, folder)
    assert {path.stem for path in written} == {
        name for _, name in office.assignments.people(QUARTER)
    }
    given_out = Counter(a.visitor for a in office.assignments.all(QUARTER))
    assert sum(given_out.values()) == 2 * len(visits)
    for path in written[:6]:
        page = TaggedPdf(path.read_bytes())
        words = page.outline()
        assert len(page.pages) == 1
        assert len(page.nodes("H1")) == 1
        assert page.text_of(page.nodes("H1")[0]).strip() in (
            f"Visits for {path.stem}",
            f"A visit for {path.stem}",
        )
        (table,) = page.nodes("Table")
        assert len(table.kids) == 2 + given_out[path.stem], "a caption, a head, and each visit"
        assert visits
        assert "Northgate" in words or "Hillside" in words
        assert moments_in(words, visits) == []
    with pytest.raises(BadInputError, match="already exists"):
        office.assignments.write_sheets(QUARTER, folder)


def test_the_words_of_a_page_have_no_room_for_a_moment() -> None:
    fields = set(assignment.AssignmentWords.__dataclass_fields__)
    assert fields == {"scheme", "partner", "site", "span", "two_pairs"}


def test_a_calendar_holds_whole_weeks_and_what_the_pair_chose(
    office: Services, tmp_path: Path
) -> None:
    planner(office).use(QUARTER)
    visits = planned(office)
    person = of_site(visits, SUITE)[0].pair[0]
    mine = office.assignments.of(person, QUARTER)
    target = tmp_path / "visits.ics"
    texts = {}
    for site, partner in product((False, True), repeat=2):
        office.assignments.write_calendar(person, QUARTER, target, site=site, partner=partner)
        text = texts[site, partner] = target.read_bytes().decode()
        assert text.count("BEGIN:VEVENT") == len(mine)
        assert ("Northgate" in text) == site
        assert (mine[0].partner in text) == partner
        assert mine[0].visitor not in text
        assert "DTSTART:" not in text
        for one in mine:
            assert f"DTSTART;VALUE=DATE:{one.span.start:%Y%m%d}\r\n" in text
            assert f"DTEND;VALUE=DATE:{one.span.end + timedelta(days=1):%Y%m%d}\r\n" in text
        assert moments_in(re.sub("DTSTAMP:.*|UID:.*", "", text), visits) == []
    uids = [re.findall("UID:.*", text) for text in texts.values()]
    assert len(set(uids[0])) == len(mine)
    assert all(found == uids[0] for found in uids), "a calendar renews its entries"
    with pytest.raises(BadInputError, match="has no visit"):
        office.assignments.write_calendar(UUID(int=1), QUARTER, target, site=True, partner=True)


def test_what_is_handed_out_is_the_same_whatever_the_day_so_its_readers_know_the_names_alone(
    office: Services, tmp_path: Path
) -> None:
    """What these say of the day is judged by `names_known`, and `tests/planning/test_names.py`."""
    service, target = planner(office), tmp_path / "visits.ics"
    service.use(QUARTER)
    visit = of_site(planned(office), SUITE)[0]
    handed_out = set()
    for day in range(7):
        service.choose_moment(visit.id, visit.span.start + timedelta(days=day), 12 * 60)
        office.assignments.write_calendar(visit.pair[0], QUARTER, target, site=True, partner=True)
        calendar = re.sub("DTSTAMP:.*", "", target.read_bytes().decode())
        handed_out.add((calendar, office.assignments.all(QUARTER)))
    assert len(handed_out) == 1


def test_pages_of_people_whose_names_make_one_name_of_a_file_are_all_written(
    office: Services, tmp_path: Path
) -> None:
    planner(office).use(QUARTER)
    for number, person in enumerate(office.people.people()):
        office.people.save(replace(person, name=f"Ada Ashby{'?' * number}"))
    written = office.assignments.write_sheets(QUARTER, tmp_path)
    assert len(written) == len(set(written)) == len(office.assignments.people(QUARTER))


def test_the_pages_of_one_visit_are_written_for_its_pair(office: Services, tmp_path: Path) -> None:
    planner(office).use(QUARTER)
    visit = of_site(planned(office), SUITE)[0]
    written = office.assignments.write_sheets(QUARTER, tmp_path, visit.id)
    names = {person.id: person.name for person in office.people.people()}
    assert {path.stem for path in written} == {names[one] for one in visit.pair}
    assert "Northgate" in TaggedPdf(written[0].read_bytes()).outline()


def test_saving_leaves_no_trace_among_the_recent_files_of_the_desktop(
    office: Services, tmp_path: Path
) -> None:
    """Nothing is written beside what was asked for, neither in the home nor elsewhere."""
    home = Path(os.environ["HOME"])
    before = {path for path in home.rglob("*") if path.is_file()}
    planner(office).use(QUARTER)
    person = planned(office)[0].pair[0]
    office.assignments.write_sheets(QUARTER, tmp_path)
    target = tmp_path / "visits.ics"
    office.assignments.write_calendar(person, QUARTER, target, site=True, partner=True)
    assert {path for path in home.rglob("*") if path.is_file()} == before


def test_rows_that_the_window_is_given_have_no_field_for_a_moment(office: Services) -> None:
    row = planner(office).sheet(QUARTER).rows[0]
    assert not {"day", "minute", "cell"} & set(asdict(replace(row)))


def _events(target: Path) -> dict[str, str]:
    """The lines of each entry by its UID."""
    text = target.read_bytes().decode()
    found = re.findall(r"BEGIN:VEVENT\r\n(.*?)END:VEVENT", text, re.DOTALL)
    return {re.search("UID:(.*?)\r", one)[1]: one for one in found}


def test_a_calendar_takes_back_a_cancelled_visit_and_one_given_to_somebody_else(
    office: Services, tmp_path: Path
) -> None:
    service = planner(office)
    service.use(QUARTER)
    mine = {one.visit_id for one in office.assignments.all(QUARTER)}
    visits = [v for v in planned(office) if v.id in mine]
    person = visits[0].pair[0]
    own = [v for v in visits if person in v.pair]
    target = tmp_path / "visits.ics"

    def write() -> dict[str, str]:
        office.assignments.write_calendar(person, QUARTER, target, site=True, partner=True)
        return _events(target)

    first = write()
    assert len(first) == len(own)
    assert write() == first, "nothing changed"
    assert "SEQUENCE" not in "".join(first.values())
    service.cancel(own[0].id)
    second = write()
    taken = [uid for uid, lines in second.items() if "STATUS:CANCELLED" in lines]
    assert len(taken) == 1
    assert taken[0] in first
    assert "SEQUENCE:1\r\n" in second[taken[0]]
    assert "METHOD:" in target.read_bytes().decode()
    other = next(v for v in own[1:] if v.id in mine)
    (partner,) = (one for one in other.pair if one != person)
    stranger = next(p.id for p in office.people.people() if p.id not in other.pair)
    service.assign(other.id, (partner, stranger))
    third = write()
    taken = [uid for uid, lines in third.items() if "STATUS:CANCELLED" in lines]
    assert len(taken) == 2
    assert all("SEQUENCE:1\r\n" in third[uid] for uid in taken)
    service.assign(other.id, (partner, person))
    again = write()
    back = [uid for uid in taken if "STATUS" not in again[uid]]
    assert len(back) == 1
    assert "SEQUENCE:2\r\n" in again[back[0]]
    assert moments_in(re.sub("DTSTAMP:.*|UID:.*", "", target.read_bytes().decode()),
                      planned(office)) == []  # fmt: skip
