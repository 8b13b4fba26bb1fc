"""What can be read of a damaged file is saved whole, and what is lost is said."""

from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import PASSPHRASE
from visitapp import bootstrap
from visitapp.cli import main
from visitapp.domain.errors import BadInputError, CancelledError, StorageError
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import dialect, salvage
from visitapp.persistence.database import Database

PAGE = 4096


@pytest.fixture
def sound(shown: bootstrap.OpenedFile, tmp_path: Path) -> Path:
    """The demonstration's file, closed."""
    path = shown.path
    shown.close()
    return path


def spoil(path: Path, page: int) -> None:
    """One byte of a page (from 0), as a failing disk or a stranger would change it."""
    content = bytearray(path.read_bytes())
    content[page * PAGE + 2_000] ^= 1
    path.write_bytes(content)


def page_of(path: Path, key: bytes, table: str) -> int:
    """A page whose damage makes a table unreadable, and no other: the first of every seventh."""
    whole = path.read_bytes()
    for page in range(7, len(whole) // PAGE, 7):
        spoil(path, page)
        database = Database.open(path, key)
        try:
            if _is_damaged(database, table) and salvage.tables_touched(database) == [table]:
                return page
        except dialect.dbapi().Error:
            pass  # the list of tables itself
        finally:
            database.dispose()
            path.write_bytes(whole)
    pytest.fail(f"No page holds the table {table} alone.")


def _is_damaged(database: Database, table: str) -> bool:
    with closing(database.fresh_connection()) as connection:
        try:
            connection.execute(f"SELECT * FROM {table}").fetchall()  # noqa: S608 - a table's name
        except dialect.dbapi().Error:
            return True
    return False


def test_all_but_the_damaged_page_is_saved(sound: Path, key: bytes, tmp_path: Path) -> None:
    spoil(sound, page_of(sound, key, "visit"))
    database = Database.open(sound, key)
    saved = salvage.salvage(database, key, tmp_path / "saved.visits")
    database.dispose()
    assert 200 < saved.copied["visit"] < 232
    assert saved.unreadable == 232 - saved.copied["visit"]
    assert saved.orphans > 0
    assert "were lost. Compare with a backup." in saved.sentence
    with bootstrap.open_with_key(tmp_path / "saved.visits", key) as opened:
        services = opened.services
        assert services.visits.page(VisitQuery()).total == saved.copied["visit"]
        health = services.maintenance.look()
        assert health.faults == []
        lost = f"{saved.unreadable} reports were lost when this file was saved from a damaged one"
        assert health.notes[0].startswith(lost)
        assert services.visits.page(VisitQuery(text="blanket")).total > 0


def test_a_sound_file_is_saved_whole(sound: Path, key: bytes, tmp_path: Path) -> None:
    database = Database.open(sound, key)
    saved = salvage.salvage(database, key, tmp_path / "saved.visits")
    database.dispose()
    assert saved.sentence.startswith("Everything could be read: 232 visits")
    with bootstrap.open_with_key(tmp_path / "saved.visits", key) as opened:
        assert opened.services.maintenance.check() == []
        assert opened.services.maintenance.look().notes == ()


def test_a_salvage_that_is_stopped_leaves_no_half_file(
    sound: Path, key: bytes, tmp_path: Path
) -> None:
    told: list[int] = []

    def stop(_stage: str, done: int, _total: int) -> bool:
        told.append(done)
        return done < 3

    database = Database.open(sound, key)
    with pytest.raises(CancelledError):
        salvage.salvage(database, key, tmp_path / "saved.visits", stop)
    database.dispose()
    assert told[-1] >= 3
    assert not list(tmp_path.glob("saved.visits*"))


def test_a_file_whose_list_of_tables_is_gone_gives_nothing_and_leaves_nothing(
    sound: Path, key: bytes, tmp_path: Path
) -> None:
    spoil(sound, 0)
    database = Database.open(sound, key)
    with pytest.raises(StorageError, match="Restore a backup"):
        salvage.salvage(database, key, tmp_path / "saved.visits")
    database.dispose()
    assert not list(tmp_path.glob("saved.visits*"))


def test_the_command_saves_a_file_that_opens_with_the_same_passphrase(
    locked: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    out = tmp_path / "new folder" / "saved.visits"
    assert main(["salvage", "--file", str(locked), "--out", str(out)]) == 0
    assert capsys.readouterr().out == (
        "Everything could be read: 0 visits, and everything that belongs to them.\n"
    )
    assert main(["check", "--file", str(out)]) == 0
    assert main(["salvage", "--file", str(locked), "--out", str(out)]) == 2
    with pytest.raises(BadInputError):
        bootstrap.salvage_file(locked, PASSPHRASE, out)
