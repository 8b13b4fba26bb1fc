"""Ten thousand visits: right figures, progress, and a draft that never waits for them."""

import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import CUSTODY
from tests.spreadsheets import write_csv
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.services import Services

MANY, FEWER = 10_000, 2_400
"""In the long run, and as many as show the same: several blocks of each stage."""


def many_rows(count: int) -> Iterator[dict[str, Any]]:
    """Years of visits to eight suites, no two at one suite on one day."""
    for number in range(count):
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
def count(request: pytest.FixtureRequest) -> int:
    return MANY if request.config.getoption("--long") else FEWER


@pytest.fixture
def many(tmp_path: Path, count: int) -> Path:
    return write_csv(tmp_path / "many.csv", list(many_rows(count)))


def test_thousands_of_visits_come_in_with_progress_and_the_right_figures(
    services: Services, many: Path, count: int
) -> None:
    told: list[tuple[str, int, int]] = []

    def progress(*where: Any) -> None:
        told.append(where)

    plan = services.imports.dry_run((many, None, None), create_missing=True, progress=progress)
    assert (plan.problems, plan.warnings) == ((), ())
    batch, _ = services.imports.carry_out(plan, progress=progress)
    assert batch.visits == count
    stages = list(dict.fromkeys(stage for stage, _, _ in told))
    assert stages == [
        "Reading the visits", "Checking the visits", "Looking for visits that overlap",
        "Preparing the visits", "Writing the visits",
    ]  # fmt: skip
    assert max(Counter(stage for stage, _, _ in told).values()) <= 25
    rows = list(many_rows(count))
    period = Period(date(2015, 4, 1), date(2022, 3, 31))
    figures = services.figures.summary(period).schemes[Kind.CUSTODY]
    assert figures.visits == count
    assert figures.people.seen == sum(row["seen"] for row in rows)
    assert figures.people.refused == 2 * count
    assert figures.people.asleep == sum(row["asleep"] for row in rows)
    assert figures.people.present == sum(row["in_custody"] for row in rows)
    assert figures.access.immediate == count
    assert figures.minutes == 2 * 63 * count
    assert figures.visits_in_sites == {f"Suite {n}": count // 8 for n in range(8)}


def test_the_file_is_free_for_a_draft_at_each_step_of_preparing_an_import(
    services: Services, many: Path
) -> None:
    """Were the file held while visits are read and laid ready, the draft would be refused."""
    draft, _ = services.drafts.begin(CUSTODY)
    saved: Counter[str] = Counter()

    def progress(stage: str, *_: int) -> None:
        nonlocal draft
        draft = services.drafts.save(draft)
        saved[stage] += 1

    plan = services.imports.dry_run((many, None, None), create_missing=True, progress=progress)
    services.imports.carry_out(plan, progress=progress)
    assert saved["Preparing the visits"] > 10
    assert saved["Writing the visits"] == 1


def test_a_draft_is_saved_throughout_an_import_and_its_withdrawal(
    services: Services, many: Path
) -> None:
    draft, _ = services.drafts.begin(CUSTODY)
    done, saved, failed = threading.Event(), [], []

    def write() -> None:
        nonlocal draft
        while not done.is_set():
            try:
                draft = services.drafts.save(draft)
            except Exception as error:  # noqa: BLE001 - told below, on the test's own thread
                failed.append(error)
                return
            saved.append(draft)
            done.wait(0.005)

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
    assert saved
