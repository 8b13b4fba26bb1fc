"""Past visits brought in: what comes in, what is there already, what is taken back."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY, SUITE, at
from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.errors import (
    BadInputError,
    CancelledError,
    ConflictError,
    NotAllowedError,
)
from visitapp.domain.importing import Batch
from visitapp.domain.people import Membership
from visitapp.domain.period import Period
from visitapp.domain.scheme import Actor, Kind, Role
from visitapp.domain.site import OpenPeriod, SiteKind
from visitapp.domain.visit import OutcomeCount, State, Visit
from visitapp.domain.visit_list import VisitQuery
from visitapp.services import Services

ALL = VisitQuery(states=(State.LOCKED, State.WITHDRAWN), limit=20_000, descending=False)


def bring(services: Services, path: Path, **options: Any) -> Batch:
    """The file brought in as the window does."""
    skip = options.pop("skip_bad", False)
    plan = services.imports.dry_run((path, None, None), **options)
    return services.imports.carry_out(plan, skip_bad=skip)[0]


def brought(services: Services, query: VisitQuery = ALL) -> list[Visit]:
    """All visits of the file, the earliest first."""
    return [services.visits.get(row.id) for row in services.visits.page(query).rows]


def test_a_visit_comes_in_whole(furnished: Services, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "past.xlsx",
        {
            "visits": [
                visit_row(
                    type="Follow-up", observer="Cara Instance", admitted="14:20",
                    delay_reason="Staff handover", delay_explanation="Two shifts at once.",
                    extra_minutes=40, summary="Calm.\nTwo asleep.",
                )
            ],
            "detainees": [
                {"visit_ref": "V1", "outcome": "Not available", "reason": "At hospital"},
                {"visit_ref": "V1", "outcome": "SEEN", "gender": "Female", "age_group": "18-24"},
                {"visit_ref": "V1", "outcome": "SEEN", "ethnicity": "White: Irish", "count": 2},
            ],
            "issues": [
                {
                    "visit_ref": "V1", "category": "Food and drink", "severity": 2,
                    "origin": "detainee", "resolved_during_visit": "yes", "description": "Cold.",
                }
            ],
        },
    )  # fmt: skip
    batch = bring(furnished, path)
    assert batch.sentence == "1 visit came in."
    (visit,) = brought(furnished)
    day = date(2025, 3, 5)
    assert (visit.scheme_id, visit.site_id, visit.state) == (CUSTODY, SUITE, State.LOCKED)
    assert (visit.arrived, visit.admitted, visit.left) == (
        at(day, 14),
        at(day, 14, 20),
        at(day, 15),
    )
    assert (visit.type, visit.mode, visit.status) == ("FOLLOWUP", "FACE", "COMPLETED")
    assert (visit.visitors, len(visit.observers)) == ((ANNE, BEN), 1)
    assert (visit.delay_reason, visit.delay_explanation) == ("HANDOVER", "Two shifts at once.")
    assert (visit.extra_minutes, visit.summary) == (40, "Calm.\nTwo asleep.")
    assert visit.present == 6
    assert set(visit.counts) == {
        OutcomeCount("SEEN", 1, None, "FEMALE", "A18_24"),
        OutcomeCount("SEEN", 2, None, None, None, "W2"),
        OutcomeCount("REFUSED", 1),
        OutcomeCount("UNAVAIL", 1, "HOSPITAL"),
        OutcomeCount("ASLEEP", 1),
    }
    (issue,) = visit.issues
    assert (issue.category, issue.severity, issue.origin, issue.status) == (
        "FOOD", 2, "DETAINEE", "RESOLVED",
    )  # fmt: skip
    assert issue.resolved_during_visit
    assert issue.description == "Cold."
    assert (visit.ref, visit.source_ref, visit.batch_id) == ("NOR-2024-001", "V1", batch.id)
    assert visit.locked_at == furnished.access.now()
    assert furnished.visits.page(ALL).rows[0].imported


def test_a_kennel_visit_counts_the_animals_seen(furnished: Services, tmp_path: Path) -> None:
    bring(furnished, write_csv(tmp_path / "past.csv", [kennel_row()]))
    (visit,) = brought(furnished)
    assert (visit.scheme_id, visit.present) == (ANIMALS, None)
    assert visit.counts == (OutcomeCount("SEEN", 4),)


@pytest.mark.parametrize(
    ("text", "column", "code"),
    [
        ("TACT", "type", "TACT"), ("tact", "type", "TACT"), ("at police request", "type",
        "POLICE_REQUEST"), ("At-Police request ", "type", "POLICE_REQUEST"),
        ("police_request", "type", "POLICE_REQUEST"), ("Face-to-face", "mode", "FACE"),
        ("face to face", "mode", "FACE"), ("Video", "mode", "VIDEO"), ("", "mode", "FACE"),
        ("refused entry", "status", "REFUSED_ENTRY"), ("sitecLOSED", "status", "SITE_CLOSED"),
        ("Suite very busy", "delay_reason", "BUSY"), ("no-escort", "delay_reason", "NOESCORT"),
    ],
)  # fmt: skip
def test_coded_values_are_found_by_code_or_label(
    furnished: Services, tmp_path: Path, text: str, column: str, code: str
) -> None:
    bring(furnished, write_csv(tmp_path / "past.csv", [visit_row(**{column: text})]))
    assert getattr(brought(furnished)[0], column) == code


def test_names_are_found_however_they_are_spaced_and_accented(
    furnished: Services, tmp_path: Path
) -> None:
    name = "Deirdre O'Brien-N\u0303gu\u0303gi\u0303 <b>"
    row = visit_row(visitor_1=name, visitor_2="BEN  sample", site="north-gate")
    bring(furnished, write_csv(tmp_path / "past.csv", [row]), create_missing=True)
    again = "deirdre o\u2019brien \u00f1g\u0169g\u0129 <B>"  # typed another way
    row = visit_row(visit_ref="V2", date="6/3/2025", visitor_1=again)
    batch = bring(furnished, write_csv(tmp_path / "more.csv", [row]), create_missing=True)
    assert (batch.people_made, batch.sites_made) == (0, 0)
    assert len({visit.visitors for visit in brought(furnished)}) == 1
    assert [p.name for p in furnished.people.people() if "O'B" in p.name] == [name]


def test_two_people_whose_names_fold_alike_are_told_apart_or_asked_about(
    furnished: Services, tmp_path: Path
) -> None:
    from tests.builders import make_person

    for spelt in ("Ann-Lee Smith", "Annlee Smith"):
        furnished.people.save(make_person(spelt))
    exact = write_csv(tmp_path / "exact.csv", [visit_row(visitor_2="annlee smith")])
    assert furnished.imports.dry_run((exact, None, None)).problems == ()
    vague = write_csv(tmp_path / "vague.csv", [visit_row(visitor_2="Ann Lee Smith")])
    (problem,) = furnished.imports.dry_run((vague, None, None)).problems
    assert (problem.column, problem.sentence) == (
        "visitor_2", "There is more than one person called Ann Lee Smith.",
    )  # fmt: skip


def test_missing_sites_and_people_are_made_from_their_first_visit(
    services: Services, tmp_path: Path
) -> None:
    rows = [
        visit_row(visit_ref="b", date="2/5/2023"),
        visit_row(visit_ref="a", date="31/3/2022", visitor_2="Cara Instance"),
        kennel_row(date="1/7/2024"),
    ]
    path = write_csv(tmp_path / "past.csv", rows)
    assert services.imports.dry_run((path, None, None)).unknown_sites == (
        "Northgate", "Hillside kennels",
    )  # fmt: skip
    batch = bring(services, path, create_missing=True)
    assert batch.sentence == "3 visits, 2 sites and 3 people came in."
    suite, kennels = services.setup.sites()
    assert (suite.name, suite.kind, suite.scheme_id) == ("Northgate", SiteKind.SUITE, CUSTODY)
    assert suite.open_periods == (OpenPeriod(date(2021, 4, 1)),)
    assert suite.grid_id == services.setup.grids(CUSTODY)[0].id
    assert (kennels.kind, kennels.scheme_id) == (SiteKind.KENNELS, ANIMALS)
    assert kennels.open_periods == (OpenPeriod(date(2024, 4, 1)),)
    people = {person.name: person.memberships for person in services.people.people()}
    assert people == {
        "Anne Example": (
            Membership(CUSTODY, date(2022, 3, 31)), Membership(ANIMALS, date(2024, 7, 1)),
        ),
        "Ben Sample": (
            Membership(CUSTODY, date(2023, 5, 2)), Membership(ANIMALS, date(2024, 7, 1)),
        ),
        "Cara Instance": (Membership(CUSTODY, date(2022, 3, 31)),),
    }  # fmt: skip


def test_nothing_is_made_for_rows_that_are_left_out(services: Services, tmp_path: Path) -> None:
    rows = [visit_row(), visit_row(visit_ref="V2", site="Southgate", visitor_1="Dan", seen="x")]
    path = write_csv(tmp_path / "past.csv", rows)
    bring(services, path, create_missing=True, skip_bad=True)
    assert [site.name for site in services.setup.sites()] == ["Northgate"]
    assert [person.name for person in services.people.people()] == ["Anne Example", "Ben Sample"]


def test_bad_rows_are_left_out_with_their_rows_and_reasons(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_xlsx(
        tmp_path / "past.xlsx",
        {
            "visits": [visit_row(), visit_row(visit_ref="V2", date="6/3/2025", left="x")],
            "detainees": [
                {"visit_ref": "V1", "outcome": "SEEN", "count": 3},
                {"visit_ref": "V2", "outcome": "SEEN", "count": 3},
                {"visit_ref": "V3", "outcome": "SEEN"},
            ],
            "issues": [{"visit_ref": "V2", "category": "FOOD", "description": "Cold."}],
        },
    )
    batch = bring(furnished, path, skip_bad=True)
    assert (batch.visits, batch.rejected) == (1, 4)
    assert batch.sentence == "1 visit came in. 4 rows were left out and kept with the reasons."
    assert [(r.sheet, r.row, r.reasons) for r in furnished.imports.rejects(batch.id)] == [
        ("visits", 3, ("left: \u201cx\u201d is not a time; write it like 14:30.",)),
        ("issues", 2, ("The visit V2 is left out.",)),
        ("detainees", 3, ("The visit V2 is left out.",)),
        ("detainees", 4, ("visit_ref: There is no visit V3 among the visits.",)),
    ]
    content = dict(furnished.imports.rejects(batch.id)[0].content)
    assert content["left"] == "x"
    assert content["visitor_1"] == "Anne Example"
    assert [visit.source_ref for visit in brought(furnished)] == ["V1"]
    again = bring(furnished, path, skip_bad=True)
    assert (again.visits, again.rejected, len(furnished.imports.batches())) == (0, 0, 1)


def test_a_bad_row_of_detainees_leaves_its_visit_out(furnished: Services, tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "past.xlsx",
        {"visits": [visit_row()], "detainees": [{"visit_ref": "V1", "outcome": "gone"}]},
    )
    batch = bring(furnished, path, skip_bad=True)
    assert (batch.visits, batch.rejected) == (0, 2)
    reasons = [r.reasons for r in furnished.imports.rejects(batch.id) if r.sheet == "visits"]
    assert reasons == [("detainees, row 2, outcome: There is no outcome \u201cgone\u201d.",)]


def test_the_same_file_again_changes_nothing(furnished: Services, tmp_path: Path) -> None:
    rows = [visit_row(), kennel_row()]
    as_csv = write_csv(tmp_path / "past.csv", rows)
    as_xlsx = write_xlsx(tmp_path / "past.xlsx", {"visits": rows})
    bring(furnished, as_csv)
    before = brought(furnished)
    for path in (as_csv, as_xlsx):
        plan = furnished.imports.dry_run((path, None, None))
        assert (plan.visits, plan.already_there, plan.problems, plan.warnings) == ((), 2, (), ())
        batch, changes = furnished.imports.carry_out(plan)
        assert changes is Changes.NONE
        assert batch.sentence == "Nothing was changed: all 2 visits are there."
    assert brought(furnished) == before
    assert len(furnished.imports.batches()) == 1


def test_a_file_that_grew_brings_its_new_visits_only(furnished: Services, tmp_path: Path) -> None:
    bring(furnished, write_csv(tmp_path / "past.csv", [visit_row()]))
    grown = [visit_row(), visit_row(visit_ref="V2", date="6/3/2025")]
    batch = bring(furnished, write_csv(tmp_path / "grown.csv", grown))
    assert batch.sentence == "1 visit came in. 1 was there already."
    assert [visit.ref for visit in brought(furnished)] == ["NOR-2024-001", "NOR-2024-002"]


def test_a_site_renamed_since_makes_no_difference(furnished: Services, tmp_path: Path) -> None:
    from dataclasses import replace

    path = write_csv(tmp_path / "past.csv", [visit_row()])
    bring(furnished, path)
    suite = next(site for site in furnished.setup.sites() if site.id == SUITE)
    furnished.setup.save_site(replace(suite, name="Castle Street"))
    plan = furnished.imports.dry_run((path, None, None))
    assert (plan.problems, plan.already_there) == ((), 1)


def test_an_import_is_withdrawn_as_a_whole(furnished: Services, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row(), kennel_row()])
    batch = bring(furnished, path)
    with pytest.raises(BadInputError, match="Say why"):
        furnished.imports.withdraw_batch(batch.id, "  ")
    assert furnished.imports.withdraw_batch(batch.id, " Wrong year ") is Changes.VISITS
    assert {visit.state for visit in brought(furnished)} == {State.WITHDRAWN}
    assert {visit.withdrawn_reason for visit in brought(furnished)} == {"Wrong year"}
    assert furnished.visits.page(VisitQuery()).total == 0
    (kept,) = furnished.imports.batches()
    assert (kept.withdrawn_reason, kept.withdrawn_at) == ("Wrong year", furnished.access.now())
    with pytest.raises(ConflictError):
        furnished.imports.withdraw_batch(batch.id, "Again")
    assert bring(furnished, path).visits == 2  # the corrected file may come


def test_a_visit_withdrawn_by_itself_does_not_come_back(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row()])
    bring(furnished, path)
    furnished.visits.withdraw(brought(furnished)[0].id, "The same visit as another")
    plan = furnished.imports.dry_run((path, None, None))
    assert (len(plan.visits), plan.already_there) == (0, 1)
    changed = write_csv(tmp_path / "changed.csv", [visit_row(left="15:10")])
    (problem,) = furnished.imports.dry_run((changed, None, None)).problems
    assert "brought before and withdrawn since, with other content" in problem.sentence


def test_a_visitors_copy_brings_nothing_in(records: Path, key: bytes, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row()])
    with bootstrap.open_with_key(records, key) as opened:
        opened.services.setup.set_account(Actor("Vera Visitor", Role.VISITOR))
    with bootstrap.open_with_key(records, key) as opened:
        plan = opened.services.imports.dry_run((path, None, None), create_missing=True)
        with pytest.raises(NotAllowedError):
            opened.services.imports.carry_out(plan)


def test_a_plan_that_was_overtaken_is_refused(furnished: Services, tmp_path: Path) -> None:
    plan = furnished.imports.dry_run((write_csv(tmp_path / "past.csv", [visit_row()]), None, None))
    furnished.imports.carry_out(plan)
    with pytest.raises(ConflictError, match="look at it again first"):
        furnished.imports.carry_out(plan)
    assert len(brought(furnished)) == 1


def test_times_past_midnight_are_of_the_next_day(furnished: Services, tmp_path: Path) -> None:
    row = visit_row(arrived="23:50", admitted="00:05", left="01:10", delay_reason="BUSY")
    bring(furnished, write_csv(tmp_path / "past.csv", [row]))
    (visit,) = brought(furnished)
    day, after = date(2025, 3, 5), date(2025, 3, 6)
    assert (visit.arrived, visit.admitted, visit.left) == (
        at(day, 23, 50), at(after, 0, 5), at(after, 1, 10),
    )  # fmt: skip
    assert (visit.wait_minutes, visit.volunteer_minutes) == (15, 160)


@pytest.mark.parametrize(
    ("day", "times", "waited", "stayed"),
    [
        ("27/10/2024", ("00:50", "01:30", "02:10"), 40, 140),  # the first 01:30, an hour twice
        ("27/10/2024", ("01:50", "01:10", "02:10"), 20, 80),  # the second 01:10
        ("31/3/2024", ("00:50", "00:55", "02:10"), 5, 20),  # an hour is left out
        ("31/3/2024", ("01:59", "02:02", "03:00"), 3, 61),  # a watch not put forward
    ],
)
def test_waits_and_stays_are_right_on_the_nights_the_clocks_change(
    furnished: Services, tmp_path: Path, day: str, times: tuple[str, str, str], waited: int,
    stayed: int,
) -> None:  # fmt: skip
    arrived, admitted, left = times
    row = visit_row(date=day, arrived=arrived, admitted=admitted, left=left, delay_reason="BUSY")
    bring(furnished, write_csv(tmp_path / "past.csv", [row]))
    (visit,) = brought(furnished)
    assert (visit.wait_minutes, visit.volunteer_minutes) == (waited, 2 * stayed)


def test_empty_counts_are_nobody_counted_and_zeros_are_nobody_there(
    furnished: Services, tmp_path: Path
) -> None:
    nothing = dict.fromkeys(("in_custody", "seen", "refused", "not_available", "asleep"))
    rows = [
        visit_row(visit_ref="uncounted", **nothing),
        visit_row(visit_ref="empty", date="6/3/2025", **nothing | {"in_custody": 0, "seen": 0}),
        visit_row(visit_ref="zeros", date="7/3/2025", **nothing | {"seen": 0, "asleep": 0}),
    ]
    bring(furnished, write_csv(tmp_path / "past.csv", rows))
    assert [(v.source_ref, v.present, v.counts) for v in brought(furnished)] == [
        ("uncounted", None, ()), ("empty", 0, ()), ("zeros", None, ()),
    ]  # fmt: skip


def test_rows_of_detainees_are_the_count_where_no_column_is_given(
    furnished: Services, tmp_path: Path
) -> None:
    nothing = dict.fromkeys(("in_custody", "seen", "refused", "not_available", "asleep"))
    detainees = [
        {"visit_ref": "V1", "outcome": "SEEN"},
        {"visit_ref": "V1", "outcome": "SEEN"},
        {"visit_ref": "V1", "outcome": "Access refused by Inspector", "count": 3},
    ]
    path = write_xlsx(
        tmp_path / "past.xlsx", {"visits": [visit_row(**nothing)], "detainees": detainees}
    )
    plan = furnished.imports.dry_run((path, None, None))
    assert [(w.row, w.column) for w in plan.warnings] == [(2, "in_custody")]
    assert "taken as the 5 detainees that have rows" in plan.warnings[0].sentence
    furnished.imports.carry_out(plan)
    (visit,) = brought(furnished)
    assert (visit.present, visit.counts) == (
        5, (OutcomeCount("SEEN", 2), OutcomeCount("INSPREF", 3)),
    )  # fmt: skip


def test_other_not_seen_is_kept_apart_from_a_refusal_by_an_inspector(
    furnished: Services, tmp_path: Path
) -> None:
    bring(furnished, write_csv(tmp_path / "past.csv", [visit_row(asleep=0, other_not_seen=1)]))
    assert OutcomeCount("OTHER", 1) in brought(furnished)[0].counts


def test_children_come_in_files_of_their_own(furnished: Services, tmp_path: Path) -> None:
    plan = furnished.imports.dry_run(
        (
            write_csv(tmp_path / "v.csv", [visit_row()]),
            write_csv(tmp_path / "d.csv", [{"visit_ref": "V1", "outcome": "ASLEEP", "count": 1}]),
            write_csv(tmp_path / "i.csv", [{"visit_ref": "V1", "category": "CLEAN"}]),
        )
    )
    assert (plan.problems, plan.source) == ((), "v.csv, d.csv, i.csv")
    furnished.imports.carry_out(plan)
    assert [issue.category for issue in brought(furnished)[0].issues] == ["CLEAN"]


def test_the_template_can_be_filled_in_and_brought_in(furnished: Services, tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "template.xlsx"
    furnished.imports.write_template(path)
    with pytest.raises(BadInputError, match="is there already"):
        furnished.imports.write_template(path)
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book["visits"][1]]
    book["visits"].append([visit_row().get(name) for name in names])
    book.save(path)
    plan = furnished.imports.dry_run((path, None, None))
    assert (plan.problems, plan.warnings, len(plan.visits)) == ((), (), 1)


# Ten thousand visits


MANY = 10_000


def many_rows() -> Iterator[dict[str, Any]]:
    """Ten years of visits to eight suites, no two at one suite on one day."""
    for number in range(MANY):
        day = date(2015, 4, 1) + timedelta(days=number // 8 * 2)
        start = 180 + number * 37 % 1140  # later than clocks change
        seen, asleep = number % 5, number % 3
        yield {
            "visit_ref": f"R{number}",
            "scheme": "custody",
            "site": f"Suite {number % 8}",
            "date": day.isoformat(),
            "arrived": f"{start // 60:02}:{start % 60:02}",
            "admitted": f"{(start + 3) // 60:02}:{(start + 3) % 60:02}",
            "left": f"{(start + 63) // 60:02}:{(start + 63) % 60:02}",
            "visitor_1": f"Person {number % 40}",
            "visitor_2": f"Person {(number + 1) % 40}",
            "in_custody": seen + asleep + 2,
            "seen": seen,
            "refused": 2,
            "asleep": asleep,
            "summary": "All was in order.",
        }


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "many.csv", list(many_rows()))


def test_ten_thousand_visits_come_in_with_progress_and_the_right_figures(
    services: Services, many: Path
) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(*where: Any) -> None:
        told.append(where)

    plan = services.imports.dry_run((many, None, None), create_missing=True, progress=progress)
    assert (plan.problems, plan.warnings) == ((), ())
    batch, _ = services.imports.carry_out(plan, progress=progress)
    assert batch.visits == MANY
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == [
        "Reading the visits", "Checking the visits", "Looking for visits that overlap",
        "Preparing the visits", "Writing the visits",
    ]  # fmt: skip
    assert max(Counter(stage for stage, _, _ in told).values()) <= 25
    rows = list(many_rows())
    period = Period(date(2015, 4, 1), date(2022, 3, 31))
    figures = services.figures.summary(period).schemes[Kind.CUSTODY]
    assert figures.visits == MANY
    assert figures.people.seen == sum(row["seen"] for row in rows)
    assert figures.people.refused == 2 * MANY
    assert figures.people.asleep == sum(row["asleep"] for row in rows)
    assert figures.people.present == sum(row["in_custody"] for row in rows)
    assert figures.access.immediate == MANY
    assert figures.minutes == 2 * 63 * MANY
    assert figures.visits_in_sites == {f"Suite {n}": MANY // 8 for n in range(8)}


def test_a_draft_is_saved_at_once_while_ten_thousand_visits_come_in(
    opened: bootstrap.Opened, many: Path
) -> None:
    services = opened.services
    draft, _ = services.drafts.begin(CUSTODY)
    done, waits, failed = threading.Event(), [], []

    def write() -> None:
        nonlocal draft
        while not done.is_set():
            started = time.perf_counter()
            try:
                draft = services.drafts.save(draft)
            except Exception as error:  # noqa: BLE001 - told below, on the test's own thread
                failed.append(error)
                return
            waits.append(time.perf_counter() - started)
            time.sleep(0.005)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        plan = services.imports.dry_run((many, None, None), create_missing=True)
        batch, _ = services.imports.carry_out(plan)
        services.imports.withdraw_batch(batch.id, "The wrong file")
    finally:
        done.set()
        writer.join()
    assert failed == []
    assert max(waits) < 1.0


@pytest.mark.parametrize(
    "stage", ["Reading the visits", "Checking the visits", "Preparing the visits"]
)
def test_a_cancelled_import_changes_nothing(services: Services, tmp_path: Path, stage: str) -> None:
    path = write_csv(tmp_path / "past.csv", [visit_row()])

    def stop(at_stage: str, _done: int, _total: int) -> bool:
        return at_stage != stage

    with pytest.raises(CancelledError):
        services.imports.carry_out(
            services.imports.dry_run((path, None, None), create_missing=True, progress=stop),
            progress=stop,
        )
    assert services.visits.page(ALL).total == 0
    assert services.setup.sites() == ()
    assert services.imports.batches() == ()


def test_ids_of_batches_are_of_the_visits(furnished: Services, tmp_path: Path) -> None:
    first = bring(furnished, write_csv(tmp_path / "one.csv", [visit_row()]))
    second = bring(furnished, write_csv(tmp_path / "two.csv", [kennel_row()]))

    def refs(batch_id: UUID) -> list[str | None]:
        found = brought(furnished, VisitQuery(batch_id=batch_id))
        return [visit.source_ref for visit in found]

    assert (refs(first.id), refs(second.id)) == (["V1"], ["K1"])
