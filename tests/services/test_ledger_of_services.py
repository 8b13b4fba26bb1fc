"""Whatever the services sign, import and withdraw, the check afterwards finds no contradiction."""

from datetime import date
from pathlib import Path

from tests.builders import make_visit, sign
from tests.spreadsheets import visit_row, write_csv
from visitapp.services import Services


def test_signing_withdrawing_and_replacing_leave_the_records_sound(furnished: Services) -> None:
    first = sign(furnished, make_visit(date(2024, 3, 4)))
    second = sign(furnished, make_visit(date(2024, 3, 11)))
    furnished.visits.withdraw(first.id, "The wrong suite")
    third = sign(furnished, make_visit(date(2024, 3, 11)))
    assert furnished.visits.same_visit_questions()
    furnished.visits.decide_same(second.id, third.id, keep=third.id)
    assert furnished.maintenance.check() == []


def test_an_import_and_its_withdrawal_leave_the_records_sound(
    furnished: Services, tmp_path: Path
) -> None:
    path = write_csv(
        tmp_path / "past.csv", [visit_row(), visit_row(visit_ref="V2", date="5/3/2024")]
    )
    plan = furnished.imports.dry_run((path, None, None))
    assert not plan.problems
    batch, _ = furnished.imports.carry_out(plan)
    assert batch.visits == 2
    assert furnished.maintenance.check() == []
    furnished.imports.withdraw_batch(batch.id, "The wrong year")
    assert furnished.maintenance.check() == []
