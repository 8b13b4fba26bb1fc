"""An import as a whole: the same again, bad rows left out, cancelled, withdrawn, checked."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.builders import SUITE, make_visit, sign
from tests.services.reports.test_imports import ALL, bring, brought
from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp import bootstrap
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError, ConflictError, NotAllowedError
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services


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
    assert (
        batch.sentence == "Imported 1 visit. 4 rows were skipped. Save the skipped rows to see why."
    )
    assert [(r.sheet, r.row, r.reasons) for r in furnished.imports.rejects(batch.id)] == [
        ("visits", 3, ("left: “x” is not a time. Write it like 14:30.",)),
        ("issues", 2, ("The visit V2 is skipped.",)),
        ("detainees", 3, ("The visit V2 is skipped.",)),
        ("detainees", 4, ("visit_ref: No visit in the file has the reference V3.",)),
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
        assert batch.sentence == "Nothing has changed: all 2 visits are already in the file."
    assert brought(furnished) == before
    assert len(furnished.imports.batches()) == 1


def test_a_file_that_grew_brings_its_new_visits_only(furnished: Services, tmp_path: Path) -> None:
    bring(furnished, write_csv(tmp_path / "past.csv", [visit_row()]))
    grown = [visit_row(), visit_row(visit_ref="V2", date="6/3/2025")]
    batch = bring(furnished, write_csv(tmp_path / "grown.csv", grown))
    assert batch.sentence == "Imported 1 visit. 1 was already in the file."
    assert [visit.ref for visit in brought(furnished)] == ["NOR-2024-001", "NOR-2024-002"]


def test_a_site_renamed_since_makes_no_difference(furnished: Services, tmp_path: Path) -> None:
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
    assert "imported before and withdrawn since, with different details" in problem.sentence


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
    with pytest.raises(ConflictError, match="Check the file again first"):
        furnished.imports.carry_out(plan)
    assert len(brought(furnished)) == 1


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


def test_a_file_of_records_stays_sound_through_imports(furnished: Services, tmp_path: Path) -> None:
    rows = [visit_row(summary="The bl\u00e5nkets were damp."), kennel_row()]
    kept = bring(furnished, write_csv(tmp_path / "kept.csv", rows))
    later = [visit_row(visit_ref="V2", date="8/3/2025"), visit_row(visit_ref="V3", date="9/3/2025")]
    gone = bring(furnished, write_csv(tmp_path / "gone.csv", later))
    furnished.visits.withdraw(brought(furnished, VisitQuery(batch_id=gone.id))[0].id, "A slip")
    furnished.imports.withdraw_batch(gone.id, "The wrong year")
    assert furnished.maintenance.check() == []
    assert furnished.visits.page(VisitQuery(text="blankets")).total == 1
    assert furnished.visits.page(VisitQuery(batch_id=kept.id)).total == 2


def test_a_very_large_import_is_written_in_parts_of_one_batch(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("visitapp.services.reports.imports.VISITS_AT_ONCE", 2)
    rows = [visit_row(visit_ref=f"V{n}", date=f"{n}/3/2025") for n in range(1, 6)]
    plan = furnished.imports.dry_run((write_csv(tmp_path / "past.csv", rows), None, None))
    written = False

    def stop_once_it_is_too_late(stage: str, _done: int, _total: int) -> bool:
        nonlocal written
        too_late, written = written, written or stage == "Writing the visits"
        return not too_late

    batch, _ = furnished.imports.carry_out(plan, progress=stop_once_it_is_too_late)
    assert written
    assert batch.visits == furnished.imports.batches()[0].visits == 5
    assert [v.ref for v in brought(furnished)] == [f"NOR-2024-00{n}" for n in range(1, 6)]
    assert {v.batch_id for v in brought(furnished)} == {batch.id}
    assert furnished.maintenance.check() == []


def test_a_report_signed_while_an_import_is_prepared_is_not_given_its_reference(
    furnished: Services, tmp_path: Path
) -> None:
    plan = furnished.imports.dry_run((write_csv(tmp_path / "past.csv", [visit_row()]), None, None))

    def sign_meanwhile(stage: str, _done: int, _total: int) -> None:
        if stage == "Writing the visits":
            sign(furnished, make_visit(date(2025, 3, 9)))

    with pytest.raises(ConflictError, match="Try again"):
        furnished.imports.carry_out(plan, progress=sign_meanwhile)
    assert furnished.imports.batches() == ()
    batch, _ = furnished.imports.carry_out(plan)
    assert batch.visits == 1
    assert [v.ref for v in brought(furnished)] == ["NOR-2024-002", "NOR-2024-001"]
    assert furnished.maintenance.check() == []
