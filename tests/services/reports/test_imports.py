"""Past visits brought in: what comes in, what already exists, what is taken back."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY, SUITE, at
from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp.domain.errors import (
    BadInputError,
)
from visitapp.domain.importing import Batch
from visitapp.domain.office.people import Membership
from visitapp.domain.office.site import OpenPeriod, SiteKind
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
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
    assert batch.sentence == "Imported 1 visit."
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
    from visitapp.persistence import people

    with furnished.access.database.transaction() as connection:  # as an older version let it
        for spelt in ("Ann-Lee Smith", "Annlee Smith"):
            people.save_person(connection, make_person(spelt))
    exact = write_csv(tmp_path / "exact.csv", [visit_row(visitor_2="annlee smith")])
    assert furnished.imports.dry_run((exact, None, None)).problems == ()
    vague = write_csv(tmp_path / "vague.csv", [visit_row(visitor_2="Ann Lee Smith")])
    (problem,) = furnished.imports.dry_run((vague, None, None)).problems
    assert (problem.column, problem.sentence) == (
        "visitor_2", "There is more than one person called Ann Lee Smith.",
    )  # fmt: skip


def _since(scheme_id: UUID, day: date) -> Membership:
    """From the first visit: the day they joined is not known."""
    return Membership(scheme_id, day, joined_unknown=True)


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
    assert batch.sentence == "Imported 3 visits, 2 sites and 3 people."
    suite, kennels = services.setup.sites()
    assert (suite.name, suite.kind, suite.scheme_id) == ("Northgate", SiteKind.SUITE, CUSTODY)
    assert suite.open_periods == (OpenPeriod(date(2021, 4, 1), in_use_by=date(2022, 3, 31)),)
    assert suite.grid_id == services.setup.grids(CUSTODY)[0].id
    assert (kennels.kind, kennels.scheme_id) == (SiteKind.KENNELS, ANIMALS)
    assert kennels.open_periods == (OpenPeriod(date(2024, 4, 1), in_use_by=date(2024, 7, 1)),)
    people = {person.name: person.memberships for person in services.people.people()}
    assert people == {
        "Anne Example": (
            _since(CUSTODY, date(2022, 3, 31)), _since(ANIMALS, date(2024, 7, 1)),
        ),
        "Ben Sample": (
            _since(CUSTODY, date(2023, 5, 2)), _since(ANIMALS, date(2024, 7, 1)),
        ),
        "Cara Instance": (_since(CUSTODY, date(2022, 3, 31)),),
    }  # fmt: skip


def test_nothing_is_made_for_rows_that_are_left_out(services: Services, tmp_path: Path) -> None:
    rows = [visit_row(), visit_row(visit_ref="V2", site="Southgate", visitor_1="Dan", seen="x")]
    path = write_csv(tmp_path / "past.csv", rows)
    bring(services, path, create_missing=True, skip_bad=True)
    assert [site.name for site in services.setup.sites()] == ["Northgate"]
    assert [person.name for person in services.people.people()] == ["Anne Example", "Ben Sample"]


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
    assert "the number of rows: 5 detainees" in plan.warnings[0].sentence
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
    with pytest.raises(BadInputError, match="already exists"):
        furnished.imports.write_template(path)
    book = openpyxl.load_workbook(path)
    names = [cell.value for cell in book["visits"][1]]
    book["visits"].append([visit_row().get(name) for name in names])
    book.save(path)
    plan = furnished.imports.dry_run((path, None, None))
    assert (plan.problems, plan.warnings, len(plan.visits)) == ((), (), 1)
