"""The ledger goes on after a salvage: its own work is known, everything later is found."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

from tests.builders import CUSTODY, furnish, make_visit, sign
from tests.conftest import NOW, PASSPHRASE
from tests.persistence.test_salvage import PAGE, spoil
from visitapp import bootstrap
from visitapp.domain.office.scheme import Rate
from visitapp.domain.records.health import Health
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import dialect, integrity, salvage
from visitapp.persistence.database import Database
from visitapp.persistence.salvage import Salvaged
from visitapp.services.records import rescue


@pytest.fixture
def full(shown: bootstrap.OpenedFile) -> Path:
    """The demonstration's file, closed."""
    shown.close()
    return shown.path


@pytest.fixture(scope="module")
def _small(tmp_path_factory: pytest.TempPathFactory, _template: Path) -> Path:
    path = Path(shutil.copy2(_template, tmp_path_factory.mktemp("small") / "template.visits"))
    with bootstrap.open_with_key(path, bytes(range(32)), clock=lambda: NOW) as opened:
        furnish(opened.services)
        opened.services.setup.save_rate(Rate(uuid4(), CUSTODY, date(2024, 4, 1), Decimal(18)))
        for day in (3, 4, 5):
            issue = Issue(uuid4(), "FOOD", 2, description="Cold.")
            sign(opened.services, make_visit(date(2025, 3, day), issues=(issue,)))
    return path


@pytest.fixture
def small(_small: Path, tmp_path: Path) -> Path:
    """A file with three visits and a rate, closed."""
    return Path(shutil.copy2(_small, tmp_path / "records.visits"))


@contextmanager
def raw(path: Path, key: bytes) -> Iterator[object]:
    with closing(dialect.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        yield connection


def lose(path: Path, key: bytes, *statements: str) -> None:
    """Rows that are gone, as if their page could not be read."""
    with raw(path, key) as connection:
        for statement in statements:
            connection.execute(statement)  # type: ignore[attr-defined]


def saved_from(path: Path, key: bytes, target: Path) -> Salvaged:
    source = Database.open_to_read(path, key, copied=True)
    try:
        return salvage.salvage(source, key, target, by="Mary Manager")
    finally:
        source.dispose()


def health_of(path: Path, key: bytes) -> Health:
    database = Database.open_to_read(path, key)
    try:
        return integrity.look(database)
    finally:
        database.dispose()


def root_page(path: Path, key: bytes, table: str) -> int:
    """The page (from 0) at which a table begins."""
    with raw(path, key) as connection:
        query = f"SELECT rootpage FROM sqlite_master WHERE name = '{table}'"  # noqa: S608
        return int(connection.execute(query).fetchone()[0]) - 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("table", ["ledger", "issue_step", "outcome_count", "person", "site",
                                   "grid", "scheme", "office", "code", "batch"])  # fmt: skip
def test_a_lost_table_takes_no_visit_along_and_check_is_silent_about_it(
    small: Path,
    key: bytes,
    tmp_path: Path,
    table: str,
) -> None:
    spoil(small, root_page(small, key, table))
    target = tmp_path / "saved.visits"
    saved = saved_from(small, key, target)
    assert saved.copied["visit"] == 3
    assert health_of(target, key).faults == []
    with bootstrap.open_with_key(target, key) as opened:
        assert opened.services.visits.page(VisitQuery()).total == 3


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE visit SET summary = 'All was well.'", "its report is not as it was signed"),
        ("DELETE FROM visit WHERE rowid = (SELECT max(rowid) FROM visit)", "report is missing"),
        ("UPDATE ledger SET reason = 'x' WHERE position = 22", "The list of what was signed"),
        ("DELETE FROM ledger WHERE position = 22", "The list of what was signed"),
        ("UPDATE rate SET pound_ten_thousandths = 1", "The hourly rates"),
        ("UPDATE visitor SET observes = 1 - observes", "its report is not as it was signed"),
    ],
)
def test_every_later_contradiction_is_found(
    small: Path,
    key: bytes,
    tmp_path: Path,
    change: str,
    said: str,
) -> None:
    spoil(small, root_page(small, key, "outcome_count"))
    target = tmp_path / "saved.visits"
    saved_from(small, key, target)
    lose(target, key, change)
    assert any(said in sentence for sentence in health_of(target, key).contradictions)


def test_what_another_program_did_before_the_damage_is_still_found(
    small: Path,
    key: bytes,
    tmp_path: Path,
) -> None:
    lose(
        small, key,
        "UPDATE visit SET summary = 'Fine.' WHERE rowid = 2",
        "UPDATE rate SET pound_ten_thousandths = 1",
    )  # fmt: skip
    spoil(small, root_page(small, key, "person"))
    target = tmp_path / "saved.visits"
    saved_from(small, key, target)
    found = health_of(target, key).contradictions
    assert any("its report is not as it was signed" in said for said in found)
    assert any(said.startswith("The hourly rates") for said in found)


def test_a_file_that_is_saved_twice_tells_of_both(
    small: Path,
    key: bytes,
    tmp_path: Path,
) -> None:
    first, second = tmp_path / "first.visits", tmp_path / "second.visits"
    spoil(small, root_page(small, key, "person"))
    saved_from(small, key, first)
    spoil(first, root_page(first, key, "ledger"))
    saved_from(first, key, second)
    health = health_of(second, key)
    assert health.faults == []
    assert health.notes


@pytest.mark.parametrize("lost", [PAGE // 2, PAGE, PAGE + 100, 40 * PAGE])
def test_a_file_cut_short_is_told_and_all_that_is_left_is_saved(
    full: Path,
    key: bytes,
    tmp_path: Path,
    lost: int,
) -> None:
    whole = full.read_bytes()
    full.write_bytes(whole[:-lost])
    health = health_of(full, key)
    assert health.damage
    if lost >= PAGE:
        pages = -(-lost // PAGE)
        missing = "1 page is" if pages == 1 else f"{pages} pages are"
        assert health.damage[0] == f"The file was cut short: {missing} missing at its end."
    target = tmp_path / "saved.visits"
    saved = saved_from(full, key, target)
    assert saved.copied["visit"] > 190
    assert health_of(target, key).faults == []
    assert full.read_bytes() == whole[:-lost]
    assert not list(tmp_path.glob("*-wal")) + list(tmp_path.glob("*-shm"))


@pytest.mark.parametrize("kept", [0, 100, PAGE])
def test_a_file_cut_down_to_nothing_leaves_no_file_and_says_so(
    full: Path,
    key: bytes,
    tmp_path: Path,
    kept: int,
) -> None:
    full.write_bytes(full.read_bytes()[:kept])
    with pytest.raises(bootstrap.StorageError):
        saved_from(full, key, tmp_path / "saved.visits")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["demonstration.visits"]


@pytest.mark.parametrize("extra", [b"x", b"\0" * PAGE, b"x" * (3 * PAGE)])
def test_bytes_after_the_end_lose_nothing(
    full: Path,
    key: bytes,
    tmp_path: Path,
    extra: bytes,
) -> None:
    full.write_bytes(full.read_bytes() + extra)
    saved = saved_from(full, key, tmp_path / "saved.visits")
    assert saved.sentence.startswith("Everything could be read: 232 visits")


def test_an_empty_page_in_the_middle_is_one_page_lost(
    small: Path,
    key: bytes,
    tmp_path: Path,
) -> None:
    page = root_page(small, key, "person")
    content = bytearray(small.read_bytes())
    content[page * PAGE : (page + 1) * PAGE] = bytes(PAGE)
    small.write_bytes(content)
    saved = saved_from(small, key, tmp_path / "saved.visits")
    assert saved.copied["visit"] == 3


def test_the_source_is_only_read_and_the_name_is_taken_at_the_end(
    locked: Path, tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "saved.visits"
    before = {path.name: path.read_bytes() for path in locked.parent.iterdir() if path.is_file()}
    seen = []
    copy = rescue.vault.copy
    monkeypatch.setattr(
        rescue.vault, "copy", lambda *paths: (seen.append(target.exists()), copy(*paths))
    )
    bootstrap.salvage_file(locked, PASSPHRASE, target)
    assert seen == [False]
    assert sorted(path.name for path in target.parent.iterdir()) == [
        "saved.visits", "saved.visits.key",
    ]  # fmt: skip
    after = {path.name: path.read_bytes() for path in locked.parent.iterdir() if path.is_file()}
    assert after == before
