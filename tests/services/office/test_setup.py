"""What decides figures: read by everyone, changed by the manager, never left senseless."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, KENNELS, SUITE, make_kennels, make_site
from tests.conftest import NOW
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.office.codes import Code
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.scheme import (
    Actor,
    EarlierTotal,
    Kind,
    Office,
    Rate,
    Role,
    Scheme,
    Throughput,
)
from visitapp.domain.office.site import OpenPeriod, SiteKind
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.services import Services

YEAR = APRIL_YEARS.year_of(date(2024, 4, 1))
BEFORE = APRIL_YEARS.year_of(date(2023, 4, 1))


@pytest.fixture
def setup(furnished):
    return furnished.setup


@pytest.fixture
def for_a_visitor(opened):
    """The services of the same file for a volunteer."""
    access = replace(opened.services.access, actor=Actor("Vera Volunteer", Role.VISITOR))
    return Services(access, bytes(32), Random(1)).setup


def test_the_office_is_renamed(setup):
    office = setup.office()
    assert setup.save_office(replace(office, name="Another office")) is Changes.SETTINGS
    assert setup.office() == replace(office, name="Another office", version=2)
    with pytest.raises(BadInputError, match="name of the office"):
        setup.save_office(replace(setup.office(), name=" "))


def test_a_change_made_from_an_old_reading_is_refused(setup):
    office, scheme, site, (grid,) = (
        setup.office(), setup.scheme(Kind.CUSTODY), setup.sites()[0], setup.grids(CUSTODY),
    )  # fmt: skip
    code = setup.codes(CUSTODY)["visit_type"][0]
    saves = [
        (setup.save_office, office, {"name": "One"}),
        (setup.save_scheme, scheme, {"name": "One"}),
        (setup.save_site, site, {"name": "One"}),
        (setup.save_grid, grid, {"name": "One"}),
        (setup.save_code, code, {"label": "One"}),
    ]
    for save, item, change in saves:
        save(replace(item, **change))
        with pytest.raises(ConflictError, match="changed somewhere else"):
            save(replace(item, **dict.fromkeys(change, "Two")))


def test_limits_of_the_wait_are_set_for_a_scheme(setup):
    scheme = setup.scheme(Kind.CUSTODY)
    assert (scheme.immediate_limit, scheme.delay_limit) == (5, 15)
    changed = setup.save_scheme(replace(scheme, immediate_limit=10, delay_limit=20))
    assert changed == Changes.SETTINGS | Changes.VISITS
    assert setup.scheme(Kind.CUSTODY).delay_limit == 20
    with pytest.raises(BadInputError, match="lower than the second"):
        replace(scheme, immediate_limit=15)
    with pytest.raises(BadInputError, match="name of the scheme"):
        setup.save_scheme(replace(setup.scheme(Kind.CUSTODY), name=""))


def test_a_scheme_is_added_to_an_office_that_began_with_one(tmp_path, key):
    path = tmp_path / "one.visits"
    bootstrap.make_records(
        path,
        key,
        office=Office(uuid4(), "Any office"),
        actor=Actor("Mary Manager", Role.MANAGER),
        scheme_ids={Kind.CUSTODY: CUSTODY},
    )
    with bootstrap.open_with_key(path, key) as opened:
        setup = opened.services.setup
        with pytest.raises(BadInputError, match="has no animal welfare scheme"):
            setup.scheme(Kind.ANIMAL_WELFARE)
        with pytest.raises(BadInputError, match="already has its custody scheme"):
            setup.add_scheme(Kind.CUSTODY)
        assert Changes.SETTINGS in setup.add_scheme(Kind.ANIMAL_WELFARE)
        added = setup.scheme(Kind.ANIMAL_WELFARE)
        assert setup.grids(added.id)[0].cells == 12
        assert setup.codes(added.id)["outcome"]


def test_a_site_keeps_its_cells_and_open_periods(setup):
    site = make_site(
        id=uuid4(),
        name=" Southgate ",
        cells=12,
        position=3,
        open_periods=(
            OpenPeriod(date(2024, 9, 1)),
            OpenPeriod(date(2020, 1, 1), date(2024, 3, 31)),
        ),
    )
    setup.save_site(site)
    (found,) = [one for one in setup.sites(CUSTODY) if one.id == site.id]
    assert found == replace(
        site, name="Southgate", open_periods=tuple(reversed(site.open_periods))
    )  # fmt: skip
    setup.save_site(replace(found, open_periods=(), cells=None))
    (again,) = [one for one in setup.sites() if one.id == site.id]
    assert (again.open_periods, again.cells, again.version) == ((), None, 2)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "name of the site"),
        ({"name": "NORTH-GATE"}, "already exists"),
        ({"cells": -1}, "can't be negative"),
        ({"grid_id": uuid4()}, "own scheme"),
        ({"grid_id": make_kennels().grid_id}, "own scheme"),
        ({"open_periods": (OpenPeriod(date(2020, 1, 1)), OpenPeriod(date(2021, 1, 1)))},
         "Two open periods overlap"),
        ({"open_periods": (OpenPeriod(date(2020, 1, 1), date(2020, 3, 1)),
                           OpenPeriod(date(2020, 3, 1), date(2020, 4, 1)))},
         "Two open periods overlap"),
    ],
)  # fmt: skip
def test_a_site_that_cannot_be_counted_is_refused(setup, changed, sentence):
    before = setup.sites()
    with pytest.raises(BadInputError, match=sentence):
        setup.save_site(make_site(**{"id": uuid4(), "name": "Southgate"} | changed))
    assert setup.sites() == before


def test_a_site_never_changes_its_scheme(setup):
    with pytest.raises(BadInputError, match="belongs to another scheme"):
        setup.save_site(make_kennels(id=SUITE, name="Dogs"))


def test_the_same_name_serves_in_another_scheme(setup):
    setup.save_site(make_kennels(id=uuid4(), name="Northgate"))
    assert [site.name for site in setup.sites()].count("Northgate") == 2


def test_timeslots_are_edited_and_parts_keep_their_ids(setup, opened):
    (grid,) = setup.grids(ANIMALS)
    edited = replace(
        grid,
        name="Weekends",
        days=(DayGroup("Weekend", (5, 6)),),
        bands=(Band(0, 720, "Morning"), Band(720, 1440)),
    )

    def ids():
        with opened.database.reading() as connection:
            rows = connection.exec_driver_sql("SELECT id, version FROM grid_band ORDER BY id")
            return [tuple(row) for row in rows]

    assert setup.save_grid(edited) == Changes.SITES | Changes.VISITS
    assert setup.grids(ANIMALS) == (replace(edited, version=2),)
    before = ids()
    setup.save_grid(replace(edited, version=2, name="Saturdays and Sundays"))
    assert [row[0] for row in ids()] == [row[0] for row in before]
    assert max(row[1] for row in ids()) == 3


def test_several_sets_of_timeslots_stand_side_by_side(setup):
    nights = Grid(uuid4(), CUSTODY, "Nights", (DayGroup("Any", tuple(range(7))),), (Band(0, 360),))
    setup.save_grid(nights)
    assert [grid.name for grid in setup.grids(CUSTODY)] == ["35 timeslots a week", "Nights"]
    setup.save_site(replace(setup.sites(CUSTODY)[0], grid_id=nights.id))
    assert setup.sites(CUSTODY)[0].grid_id == nights.id
    with pytest.raises(BadInputError, match="already exists"):
        setup.save_grid(replace(nights, id=uuid4(), name="nights"))
    with pytest.raises(BadInputError, match="name for the timeslots"):
        setup.save_grid(replace(nights, name="", version=1))


def code(**changed):
    values = {
        "id": uuid4(),
        "scheme_id": CUSTODY,
        "list_name": "outcome",
        "code": "GARDEN",
        "label": "In the garden",
        "position": 20,
        "group": "not_available",
    }
    return Code(**values | changed)


def test_a_coded_value_is_added_relabelled_and_closed_but_never_taken_out(setup):
    added = code()
    assert setup.save_code(added) is Changes.CODES
    assert setup.codes(CUSTODY).label("outcome", "GARDEN") == "In the garden"
    closed = replace(added, label="Outside", active_to=date(2024, 12, 31))
    setup.save_code(closed)
    book = setup.codes(CUSTODY)
    assert book.label("outcome", "GARDEN") == "Outside"
    assert "GARDEN" not in [one.code for one in book.offered("outcome", date(2025, 1, 1))]
    assert "GARDEN" in [one.code for one in book.offered("outcome", date(2024, 12, 31))]
    assert not hasattr(setup, "remove_code")


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"label": " "}, "Enter the words for this option"),
        ({"code": ""}, "Enter the words for this option"),
        ({"code": "SEEN"}, "already an option like this: Seen"),
        ({"label": "not-available"}, "already an option like this: Not available"),
        ({"group": "elsewhere"}, "how the new option is counted"),
        ({"list_name": "outcome_reason", "group": "SEENX"}, "how the new option is counted"),
        ({"list_name": "visit_kind"}, "how the new option is counted"),
        (
            {"active_from": date(2025, 1, 1), "active_to": date(2024, 1, 1)},
            "earlier than the first day",
        ),
    ],
)
def test_a_coded_value_that_would_count_nowhere_is_refused(setup, changed, sentence):
    with pytest.raises(BadInputError, match=sentence):
        setup.save_code(code(**changed))


def test_face_to_face_stays_the_one_mode_whose_waits_count(setup):
    """Every rule of a wait asks for it; a second one would count as not applicable."""
    code = Code(uuid4(), CUSTODY, "visit_mode", "AT_THE_DOOR", "At the door", 9, "in_person")
    with pytest.raises(BadInputError, match="how the new option is counted"):
        setup.save_code(code)
    setup.save_code(replace(code, group="remote"))
    [face] = [one for one in setup.codes(CUSTODY)["visit_mode"] if one.group == "in_person"]
    setup.save_code(replace(face, label="In person"))
    assert setup.codes(CUSTODY).label("visit_mode", "FACE") == "In person"


@pytest.mark.parametrize(
    "changed", [{"code": "OTHER2"}, {"group": "seen"}, {"list_name": "issue_category"}]
)
def test_the_meaning_of_a_coded_value_stays(setup, changed):
    stored = setup.codes(CUSTODY)["outcome"][1]
    with pytest.raises(BadInputError, match="Retire this option and add another"):
        setup.save_code(replace(stored, **changed))


def test_a_reason_may_belong_to_any_outcome(setup):
    setup.save_code(
        code(list_name="outcome_reason", code="TIRED", label="Too tired", group="REFUSED")
    )
    assert setup.codes(CUSTODY).group("outcome_reason", "TIRED") == "REFUSED"


def test_what_an_hour_is_worth_from_a_day_on(setup):
    rate = Rate(uuid4(), CUSTODY, date(2023, 4, 1), Decimal("18.3515"))
    assert setup.save_rate(rate) is Changes.SETTINGS
    with pytest.raises(BadInputError, match="already a rate from that day"):
        setup.save_rate(replace(rate, id=uuid4()))
    later = Rate(uuid4(), CUSTODY, date(2024, 4, 1), Decimal(19))
    setup.save_rate(later)
    assert setup.rates(CUSTODY) == (rate, later)
    assert setup.rates(ANIMALS) == ()
    setup.save_rate(replace(rate, gbp_per_hour=Decimal("18.5")))
    with pytest.raises(ConflictError):
        setup.remove(rate)
    setup.remove(setup.rates(CUSTODY)[0])
    assert setup.rates(CUSTODY) == (later,)


def test_throughput_is_entered_once_for_a_site_and_period(setup):
    entered = Throughput(uuid4(), CUSTODY, SUITE, YEAR, 8000)
    assert setup.save_throughput(entered) is Changes.SETTINGS
    setup.save_throughput(replace(entered, number=8123))
    assert [one.number for one in setup.throughputs(CUSTODY)] == [8123]
    overlapping = replace(entered, id=uuid4(), period=APRIL_YEARS.year_of(date(2025, 3, 31)))
    with pytest.raises(
        BadInputError, match="Part of that period has already been entered: 2024/25"
    ):
        setup.save_throughput(overlapping)
    setup.save_throughput(replace(entered, id=uuid4(), period=BEFORE))
    with pytest.raises(BadInputError, match="can't be negative"):
        setup.save_throughput(replace(entered, number=-1))
    with pytest.raises(BadInputError, match="Choose a site of this scheme"):
        setup.save_throughput(replace(entered, id=uuid4(), site_id=KENNELS))


def test_totals_of_earlier_years_are_entered_once(setup):
    total = EarlierTotal(uuid4(), CUSTODY, BEFORE, "visits", 93)
    assert setup.save_earlier_total(total) is Changes.SETTINGS
    with pytest.raises(BadInputError, match="2023/24 has already been entered"):
        setup.save_earlier_total(replace(total, id=uuid4(), number=94))
    with pytest.raises(BadInputError, match="can't be negative"):
        setup.save_earlier_total(replace(total, number=-1))
    assert setup.earlier_totals(CUSTODY) == (total,)
    setup.remove(total)
    assert setup.earlier_totals(CUSTODY) == ()
    setup.remove(total)  # it is gone already, which is what was asked


def test_a_volunteers_copy_changes_nothing_that_decides_figures(setup, for_a_visitor):
    scheme, site = setup.scheme(Kind.CUSTODY), setup.sites()[0]
    rate = Rate(uuid4(), CUSTODY, date(2023, 4, 1), Decimal(1))
    changes = [
        lambda: for_a_visitor.save_office(setup.office()),
        lambda: for_a_visitor.save_scheme(scheme),
        lambda: for_a_visitor.add_scheme(Kind.CUSTODY),
        lambda: for_a_visitor.save_site(site),
        lambda: for_a_visitor.save_grid(setup.grids()[0]),
        lambda: for_a_visitor.save_code(code()),
        lambda: for_a_visitor.save_rate(rate),
        lambda: for_a_visitor.save_throughput(Throughput(uuid4(), CUSTODY, SUITE, YEAR, 1)),
        lambda: for_a_visitor.save_earlier_total(
            EarlierTotal(uuid4(), CUSTODY, BEFORE, "visits", 1)
        ),
        lambda: for_a_visitor.remove(rate),
        lambda: for_a_visitor.set_account(Actor("Vera Volunteer", Role.MANAGER)),
    ]
    for change in changes:
        with pytest.raises(NotAllowedError, match="Only the volunteer manager can"):
            change()
    assert for_a_visitor.sites() == setup.sites()


def test_who_uses_the_file_is_known_from_the_next_start_on(opened, records, key):
    setup = opened.services.setup
    assert setup.account() == Actor("Mary Manager", Role.MANAGER)
    with pytest.raises(BadInputError, match="Enter your name"):
        setup.set_account(Actor(" ", Role.MANAGER))
    setup.set_account(Actor(" Max Newname ", Role.VISITOR))
    opened.close()
    with bootstrap.open_with_key(records, key, clock=lambda: NOW) as again:
        assert again.services.setup.account() == Actor("Max Newname", Role.VISITOR)
        again.services.setup.set_account(Actor("Vera Volunteer", Role.VISITOR))


def test_a_scheme_needs_limits_in_order():
    with pytest.raises(BadInputError):
        Scheme(uuid4(), Kind.CUSTODY, "Any", 15, 15)


def test_days_for_an_issue_and_times_of_handover_are_kept_with_the_scheme(services):
    custody = services.setup.scheme(Kind.CUSTODY)
    assert custody.issue_days == 14
    assert [band.label for band in custody.handovers] == ["06:30\u201307:14", "18:30\u201319:14"]
    services.setup.save_scheme(replace(custody, issue_days=21, handovers=(Band(420, 450),)))
    kept = services.setup.scheme(Kind.CUSTODY)
    assert (kept.issue_days, kept.handovers) == (21, (Band(420, 450),))
    assert services.setup.scheme(Kind.ANIMAL_WELFARE).handovers == ()
    with pytest.raises(BadInputError, match="from 1 to 366 days"):
        replace(kept, issue_days=0)


def test_a_new_site_is_of_its_schemes_kind_and_comes_last(setup):
    last = max(site.position for site in setup.sites())
    for scheme_id, kind in ((CUSTODY, SiteKind.SUITE), (ANIMALS, SiteKind.KENNELS)):
        site = setup.new_site(scheme_id, "South Gate", setup.grids(scheme_id)[0].id)
        assert (site.kind, site.position, site.version) == (kind, last + 1, 0)
    with pytest.raises(BadInputError):
        setup.new_site(uuid4(), "South Gate", setup.grids(CUSTODY)[0].id)
