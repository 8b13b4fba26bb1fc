"""Two sites that are one place: counted together by decision, and to the digit apart again."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from tests.builders import ANNE, CARA, CUSTODY, KENNELS, SUITE, make_site, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from tests.copies import Copies
from tests.e2e.killing import quick_key
from tests.persistence.test_old_files import downgrade, raw
from tests.services.reports.test_imports import bring
from tests.spreadsheets import visit_row, write_csv
from visitapp import bootstrap
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind, Throughput
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.year.missing import MissingKind
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import ledger, plans, salvage, settings_digests, visits
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.services import Services
from visitapp.services.exchange.packs import pack_for

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
NORTH = UUID(int=299)
WHY = "The log of before wrote its name short."


@pytest.fixture
def twice(furnished: Services) -> Services:
    """Northgate, in use since July 2024, has three visits; Northgate Road, open all year, has
    two."""
    suite = next(site for site in furnished.setup.sites() if site.id == SUITE)
    furnished.setup.save_site(replace(suite, open_periods=(OpenPeriod(date(2024, 7, 1)),)))
    known = OpenPeriod(date(2024, 4, 1), in_use_by=date(2024, 5, 7))
    furnished.setup.save_site(
        make_site(id=NORTH, name="Northgate Road", open_periods=(known,), version=0, position=9)
    )
    for day in (date(2024, 8, 6), date(2025, 3, 5), date(2025, 3, 12)):
        sign(furnished, make_visit(day))
    for day in (date(2024, 5, 7), date(2025, 3, 19)):
        sign(furnished, make_visit(day, site_id=NORTH, visitors=(ANNE, CARA)))
    return furnished


def site_of(services: Services, site_id: UUID) -> Site:
    return next(site for site in services.setup.sites() if site.id == site_id)


def figures(opened: bootstrap.OpenedFile) -> dict[str, object]:
    """All that is counted, and what pages list."""
    services = opened.services
    with opened.database.reading() as connection:
        past = plans.past_visits(connection, YEAR)
    return {
        "json": services.figures.figures_json(YEAR),
        "sites": services.setup.sites(),
        "coverage": services.figures.coverage(YEAR, [SUITE]),
        "list": [(row.ref, row.site_name) for row in services.visits.page(VisitQuery()).rows],
        "hours": [(item.person.id, item.lines) for item in services.hours.hours(YEAR)],
        "past": [(visit.site_id, visit.visitors) for visit in past],
    }


def target(services: Services, site_id: UUID = SUITE) -> tuple[int, int]:
    sites = services.figures.summary(YEAR).schemes[Kind.CUSTODY].sites
    site = next(site for site in sites if site.site_id == site_id)
    return site.target.done, site.target.due


def test_two_sites_are_counted_as_one_and_apart_again(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    before = figures(opened)
    assert (target(twice), target(twice, NORTH)) == ((3, 39), (2, 47))

    assert twice.same_sites.together(NORTH, SUITE) == (
        "Northgate Road: 2 visits, 7 May 2024 to 19 March 2025",
        "Northgate: 3 visits, 6 August 2024 to 12 March 2025",
        "Together, as Northgate: 5 visits, 7 May 2024 to 19 March 2025",
        "Counted again: 2025/26, 1 visit due instead of 2; 2024/25, 47 visits due instead of 86.",
        "Northgate keeps its open days, target and groups. Days before the first of them are those "
        "of Northgate Road.",
    )
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    assert target(twice) == (5, 47)
    assert [site.id for site in twice.setup.sites()] == [KENNELS, SUITE]
    assert site_of(twice, SUITE).open_periods == (
        OpenPeriod(date(2024, 4, 1), date(2024, 6, 30), date(2024, 5, 7)),
        OpenPeriod(date(2024, 7, 1)),
    )
    together = figures(opened)
    assert {name for _, name in together["list"]} == {"Northgate"}  # type: ignore[attr-defined]
    assert {site_id for site_id, _ in together["past"]} == {SUITE}  # type: ignore[attr-defined]
    (coverage,) = twice.figures.coverage(YEAR, [SUITE])
    assert coverage.total == 5
    assert twice.maintenance.check() == []

    twice.same_sites.count_apart(twice.same_sites.decisions()[0].id)
    assert figures(opened) == before
    assert twice.maintenance.check() == []
    with pytest.raises(BadInputError, match="withdrawn before"):
        twice.same_sites.count_apart(twice.same_sites.decisions()[0].id)


def test_a_report_keeps_its_site_and_the_ledger_has_the_decision(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    kind = next(kind for kind in settings_digests.KINDS if kind.key == "sites")

    def entries() -> int:
        with opened.database.reading() as connection:
            query = select(rt.ledger.c.id).where(rt.ledger.c.visit_id == kind.id)
            return len(connection.execute(query).all())

    first = entries()
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    assert entries() == first + 1
    listed = twice.visits.page(VisitQuery(text="Northgate Road")).rows
    assert len(listed) == 2
    visit = twice.visits.get(listed[0].id)
    assert (visit.site_id, visit.signed_site_id) == (SUITE, NORTH)
    context = twice.visits.context(visit)
    assert context.site is not None
    assert context.site.name == "Northgate Road"
    (decision,) = twice.same_sites.decisions()
    twice.same_sites.count_apart(decision.id)
    assert entries() == first + 2
    (decision,) = twice.same_sites.decisions()
    assert (decision.why, decision.by, decision.withdrawn_by, decision.holds) == (
        WHY, "Mary Manager", "Mary Manager", False,
    )  # fmt: skip


def test_check_names_a_visit_that_another_program_counts_elsewhere(
    opened: bootstrap.OpenedFile, twice: Services
) -> None:
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    with opened.database.transaction() as connection:
        moved = t.visit.c.signed_site_id == NORTH
        connection.execute(t.visit.update().where(moved).values(site_id=KENNELS))
    assert [line for line in twice.maintenance.check() if "counted at another site" in line] == [
        "Visit NOR-2024-004 is counted at another site than that of its report.",
        "Visit NOR-2024-005 is counted at another site than that of its report.",
    ]


def test_what_comes_for_the_other_site_is_counted_at_the_kept_one(
    opened: bootstrap.OpenedFile, twice: Services, tmp_path: Path
) -> None:
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    late = make_visit(date(2025, 3, 25), site_id=NORTH, ref="NOR-2024-V1-001", locked_at=NOW)
    with opened.database.transaction() as connection:  # as a report from a visitor's copy is
        visits.insert_visits(connection, [late])
        ledger.append(connection, ledger.signed([late], "Anne Example"))
    row = visit_row(
        visit_ref="A", site="Northgate road", date="27/3/2025", visitor_2="Cara Instance"
    )
    bring(twice, write_csv(tmp_path / "more.csv", [row]))
    assert target(twice)[0] == 7
    assert twice.maintenance.check() == []
    twice.same_sites.count_apart(twice.same_sites.decisions()[0].id)
    assert (target(twice)[0], target(twice, NORTH)[0]) == (4, 3)
    assert twice.maintenance.check() == []


def test_a_file_that_was_checked_before_the_decision_comes_in_at_the_kept_site(
    twice: Services, tmp_path: Path
) -> None:
    row = visit_row(site="Northgate Road", date="2025-03-26")
    plan = twice.imports.dry_run((write_csv(tmp_path / "past.csv", [row]), None, None))
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    twice.imports.carry_out(plan)
    assert target(twice)[0] == 6
    assert twice.maintenance.check() == []


def test_the_kept_site_is_changed_and_the_days_of_the_other_are_not(twice: Services) -> None:
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    shown = site_of(twice, SUITE)
    twice.setup.save_site(replace(shown, name="Northgate suite"))
    twice.setup.order_sites([SUITE, KENNELS])
    with pytest.raises(BadInputError, match="come from a site that counts together"):
        twice.setup.save_site(
            replace(site_of(twice, SUITE), open_periods=(OpenPeriod(date(2024, 7, 1)),))
        )
    with pytest.raises(BadInputError, match="already exists"):
        twice.setup.save_site(make_site(id=uuid4(), name="Northgate road", version=0))
    twice.setup.save_site(
        replace(site_of(twice, SUITE), open_periods=(OpenPeriod(date(2023, 2, 1)),))
    )
    twice.same_sites.count_apart(twice.same_sites.decisions()[0].id)
    kept, other = site_of(twice, SUITE), site_of(twice, NORTH)
    assert (kept.name, kept.open_periods) == ("Northgate suite", (OpenPeriod(date(2023, 2, 1)),))
    assert other.open_periods == (OpenPeriod(date(2024, 4, 1), None, date(2024, 5, 7)),)


@pytest.mark.parametrize(
    ("pair", "why", "message"),
    [
        ((NORTH, NORTH), WHY, "two different sites"),
        ((NORTH, KENNELS), WHY, "one scheme and of one kind"),
        ((NORTH, SUITE), " ", "Say why"),
        ((uuid4(), SUITE), WHY, "no longer in the file"),
    ],
)
def test_two_sites_that_can_not_be_one_are_refused(
    twice: Services, pair: tuple[UUID, UUID], why: str, message: str
) -> None:
    with pytest.raises(BadInputError, match=message):
        twice.same_sites.count_as(*pair, why)
    assert not twice.same_sites.decisions()


def test_a_site_with_numbers_of_its_own_is_kept_and_none_counts_twice(twice: Services) -> None:
    twice.setup.save_throughput(Throughput(uuid4(), CUSTODY, NORTH, YEAR, 900, 0))
    with pytest.raises(BadInputError, match="Keep Northgate Road instead"):
        twice.same_sites.count_as(NORTH, SUITE, WHY)
    third = make_site(id=uuid4(), name="N. Gate", version=0)
    twice.setup.save_site(third)
    twice.same_sites.count_as(SUITE, NORTH, WHY)
    with pytest.raises(BadInputError, match="already counts together"):
        twice.same_sites.count_as(NORTH, third.id, WHY)
    with pytest.raises(BadInputError, match="already counts as another site"):
        twice.same_sites.count_as(third.id, SUITE, WHY)


def test_who_is_kept_off_a_site_is_kept_off_the_kept_one(twice: Services) -> None:
    twice.availability.save(Availability(ANNE, travel={NORTH: 3}, not_at=frozenset({NORTH})))
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    shown = twice.availability.of(ANNE)
    assert (shown.travel, shown.not_at) == ({SUITE: 3}, {SUITE})
    twice.same_sites.count_apart(twice.same_sites.decisions()[0].id)
    assert twice.availability.of(ANNE).not_at == {NORTH}
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    twice.availability.save(replace(twice.availability.of(ANNE), most=5))
    assert twice.availability.of(ANNE).most == 5


def test_a_site_of_the_plan_is_not_counted_under_another(planned_office: Services) -> None:
    planned_office.setup.save_site(make_site(id=NORTH, name="Northgate Road", version=0))
    with pytest.raises(BadInputError, match="Visits to Northgate are planned until"):
        planned_office.same_sites.count_as(SUITE, NORTH, WHY)
    planned_office.same_sites.count_as(NORTH, SUITE, WHY)


def test_in_a_visitors_copy_the_other_site_is_closed(copies: Copies) -> None:
    office = copies.office
    office.setup.save_site(make_site(id=NORTH, name="Northgate Road", version=0))
    office.same_sites.count_as(NORTH, SUITE, WHY)
    with office.access.database.reading() as connection:
        pack = pack_for(connection, ANNE, office.access.today())
    sites = {site.id: site for own in pack.schemes for site in own.sites}
    assert sites[SUITE].open_periods
    assert sites[NORTH].open_periods == ()


def test_an_import_names_a_new_site_that_looks_like_a_known_one(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row(site="Northgate Custody Suite")])
    plan = furnished.imports.dry_run((path, None, None), create_missing=True)
    assert [warning.sentence for warning in plan.warnings] == [
        "Northgate Custody Suite may be the same site as Northgate. If so, count them together "
        "after the import: in Settings, Sites, “The same site as…”."
    ]


def test_an_imported_site_like_another_is_missing_until_it_is_decided(twice: Services) -> None:
    def named() -> list[tuple[str, str]]:
        items = twice.missing.missing(YEAR)
        return [(i.about, i.sentence) for i in items if i.kind is MissingKind.SITE_TWICE]

    words = "May be the same site as Northgate, and counts as another one."
    assert named() == [("Northgate Road", words)]
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    assert named() == []


def test_decisions_go_along_with_the_whole_scheme_and_what_is_saved_of_a_damaged_file(
    opened: bootstrap.OpenedFile,
    twice: Services,
    key: bytes,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(vault, "_argon2", quick_key)
    twice.same_sites.count_as(NORTH, SUITE, WHY)
    source, again = tmp_path / "scheme.json", tmp_path / "again.visits"
    twice.exports.save(source)
    bootstrap.create_from_scheme(again, PASSPHRASE, source)
    with bootstrap.open_with_passphrase(again, PASSPHRASE) as other:
        assert other.services.same_sites.decisions() == twice.same_sites.decisions()
        assert other.services.figures.figures_json(YEAR) == twice.figures.figures_json(YEAR)
    (row,) = next(sheet.rows for sheet in twice.exports.sheets() if sheet.name == "same_sites")
    assert row[:4] == ("Northgate Road", "Northgate", WHY, "Mary Manager")

    saved = tmp_path / "saved.visits"
    salvage.salvage(opened.database, key, saved)
    with bootstrap.open_with_key(saved, key) as other:
        assert other.services.figures.figures_json(YEAR) == twice.figures.figures_json(YEAR)
        assert other.services.maintenance.check() == []
    downgrade(Database.open(saved, key), "0016")
    with raw(saved, key) as connection:
        at = connection.execute("SELECT COUNT(*) FROM visit WHERE site_id = ?", (NORTH.hex,))
        assert at.fetchone() == (2,)
