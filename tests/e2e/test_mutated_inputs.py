"""Every input of the program, changed by chance: it is taken, or told in a sentence.

All kinds run in this process, through the functions that the commands call. Each run has ten
seconds of the processor and 500 MB of memory more than before; what goes beyond is counted as a
failure, as is any error that isn't a sentence. A failure names its seed: the same run again is
`run_of(KIND, SEED)`.
"""

import contextlib
import json
import random
import resource
import shutil
import signal
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest

from tests.builders import make_visit, sign
from tests.conftest import PASSPHRASE, RECOVERY_SECRET
from tests.mutations import ODD_TEXTS, ODD_VALUES, mutated_bytes, mutated_json
from tests.spreadsheets import kennel_row, visit_row, write_csv, write_xlsx
from visitapp import bootstrap, cli
from visitapp.domain.errors import VisitAppError
from visitapp.paths import reference_folder
from visitapp.persistence.forms import read_form
from visitapp.reporting.pictures import crest_png
from visitapp.security import recovery, vault
from visitapp.services import Services
from visitapp.settings import Settings, read_settings, write_settings

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")

SECONDS, BYTES = 10.0, 500 * 2**20
RUNS = {
    "key": (60, 26_000), "settings": (100, 26_000), "csv": (80, 16_000), "form": (100, 20_000),
    "crest": (20, 5_000), "bytes of records": (20, 4_000), "values of records": (10, 1_000),
    "xlsx": (40, 2_000),
}  # fmt: skip
"""How often each kind is tried, in the ordinary suite and in the long one: 100,000 together."""


class TooLongError(BaseException):
    """The processor was kept busy; no handler of the program takes this for its own."""


@contextlib.contextmanager
def bounded() -> Iterator[None]:
    """Raises TooLongError or MemoryError for work that is too much."""

    def ring(_number: int, _frame: Any) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    least, most = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0]) if _HAS_PROC else 0
    if pages:
        room = pages * resource.getpagesize() + BYTES
        resource.setrlimit(resource.RLIMIT_AS, (room, most))
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, (least, most))


_HAS_PROC = Path("/proc/self/statm").exists()


class World:
    """One of each input, sound; `run` mutates one by a seed and uses it."""

    def __init__(self, folder: Path, records: Path, key: bytes, services: Services) -> None:
        self.folder, self.records, self.key, self.services = folder, records, key, services
        self.sound = records.read_bytes()
        self.key_file = vault.key_file(records).read_bytes()
        self.code = recovery.as_code(RECOVERY_SECRET)
        write_settings(Settings(theme="dark", last_file="/a/b.visits"), folder / "settings")
        self.settings = (folder / "settings").read_bytes()
        issues = [{"visit_ref": "V1", "category": "Food and drink", "severity": 2}]
        detainees = [{"visit_ref": "V1", "outcome": "SEEN", "gender": "Female", "count": 2}]
        visits = [visit_row(summary="Calm, and \u201cwarm\u201d."), kennel_row()]
        self.csv = write_csv(folder / "past.csv", visits).read_bytes()
        sheets = {"visits": visits, "detainees": detainees, "issues": issues}
        self.xlsx = write_xlsx(folder / "past.xlsx", sheets).read_bytes()
        self.forms = [
            json.loads(path.read_text(encoding="utf-8"))
            for path in sorted((reference_folder() / "forms").glob("*.json"))
        ]
        self.crest = _picture()
        self._kinds: dict[str, Callable[[random.Random], None]] = {
            "key": self._key, "settings": self._settings, "csv": self._csv, "form": self._form,
            "crest": self._crest, "bytes of records": self._bytes_of_records,
            "values of records": self._values_of_records, "xlsx": self._xlsx,
        }  # fmt: skip

    def run(self, kind: str, seed: int) -> str:
        """What became of it: "" where it was taken or told in a sentence, else what is wrong."""
        rng = random.Random(f"{kind} {seed}")
        try:
            with bounded():
                self._kinds[kind](rng)
        except VisitAppError as error:
            told = str(error)
            if not told or "\n" in told or len(told) > 2_000:
                return f"no sentence: {told[:80]!r}"
        except BaseException as error:  # whatever it is, it is counted
            if isinstance(error, KeyboardInterrupt):
                raise
            return f"{type(error).__name__}: {str(error)[:120]}"
        return ""

    def _path(self, name: str, content: bytes) -> Path:
        path = self.folder / name
        path.write_bytes(content)
        return path

    def _key(self, rng: random.Random) -> None:
        path = self._path("mutated.visits", b"")
        content = mutated_bytes(rng, self.key_file)
        if rng.random() < 0.5:
            changed = mutated_json(rng, json.loads(self.key_file))
            content = json.dumps(changed).encode("ascii")
        vault.key_file(path).write_bytes(content)
        vault.unlock_with_code(path, self.code)

    def _settings(self, rng: random.Random) -> None:
        found = read_settings(self._path("settings", mutated_bytes(rng, self.settings)))
        if rng.random() < 0.1:  # it waits for the disk
            write_settings(found, self.folder / "settings")
            assert read_settings(self.folder / "settings") == found

    def _import(self, path: Path, rng: random.Random) -> None:
        imports = self.services.imports
        plan = imports.dry_run((path, None, None), create_missing=rng.random() < 0.5)
        assert all(plan.lines())

    def _csv(self, rng: random.Random) -> None:
        self._import(self._path("mutated.csv", mutated_bytes(rng, self.csv)), rng)

    def _xlsx(self, rng: random.Random) -> None:
        content = mutated_bytes(rng, self.xlsx)
        if rng.random() < 0.8:  # a sound archive with an unsound part
            made = BytesIO()
            with zipfile.ZipFile(BytesIO(self.xlsx)) as old, zipfile.ZipFile(made, "w") as new:
                chosen = rng.choice(old.namelist())
                for name in old.namelist():
                    part = old.read(name)
                    new.writestr(name, mutated_bytes(rng, part) if name == chosen else part)
            content = made.getvalue()
        self._import(self._path("mutated.xlsx", content), rng)

    def _form(self, rng: random.Random) -> None:
        read_form(json.dumps(mutated_json(rng, rng.choice(self.forms))))

    def _crest(self, rng: random.Random) -> None:
        crest_png(mutated_bytes(rng, self.crest))

    def _bytes_of_records(self, rng: random.Random) -> None:
        self._command(rng, self._path("bytes.visits", mutated_bytes(rng, self.sound)))

    def _values_of_records(self, rng: random.Random) -> None:
        path = Path(shutil.copy2(self.records, self.folder / "values.visits"))
        with (
            contextlib.suppress(Exception),  # what the tables refuse is not in the file
            bootstrap.open_with_key(path, self.key) as opened,
            opened.database.transaction() as connection,
        ):
            connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            for _ in range(rng.choice((1, 1, 3))):
                _change_a_value(rng, connection)
        self._command(rng, path)

    def _command(self, rng: random.Random, path: Path) -> None:
        made = self.folder / "made" / "made.visits"
        reading = ["--file", str(path)]
        restoring = ["restore", str(path), "--file", str(made)]
        command = rng.choice(
            (
                ["figures", "--json", *reading], ["coverage", "--json", *reading],
                ["check", *reading], ["salvage", "--out", str(made), *reading],
                restoring, [*restoring, "--accept-contradictions"],
            )
        )  # fmt: skip
        shutil.copy2(vault.key_file(self.records), vault.key_file(path))
        try:
            code = _carried_out(command)
            if command[0] in ("restore", "salvage"):
                assert made.exists() == (code == 0)
            if made.exists():
                _carried_out(["check", "--file", str(made)])
        finally:
            shutil.rmtree(made.parent, ignore_errors=True)
            for end in ("-wal", "-shm"):
                path.with_name(path.name + end).unlink(missing_ok=True)


def _carried_out(command: list[str]) -> int:
    """The exit code of a command, which ends with a sentence at worst."""
    out, err = StringIO(), StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = cli.main(command)
    told = err.getvalue()
    assert code in (0, 2, 3, 4), told
    assert "Traceback" not in told, told
    return code


def _change_a_value(rng: random.Random, connection: Any) -> None:
    def all_of(query: str) -> list[Any]:
        return [row[0] for row in connection.exec_driver_sql(query)]

    table = rng.choice(
        all_of("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    )
    column = rng.choice(all_of(f"SELECT name FROM pragma_table_info('{table}')"))  # noqa: S608
    rows = all_of(f"SELECT rowid FROM {table}")  # noqa: S608
    small = [one for one in ODD_VALUES if not isinstance(one, list | dict)]
    odd = rng.choice([*(v for v in small if not isinstance(v, int) or abs(v) < 2**63), *ODD_TEXTS])
    if rows:
        query = f'UPDATE {table} SET "{column}" = ? WHERE rowid = ?'  # noqa: S608
        connection.exec_driver_sql(query, (odd, rng.choice(rows)))


def _picture() -> bytes:
    from PIL import Image

    made = BytesIO()
    Image.effect_noise((60, 40), 90).convert("RGBA").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def world(
    locked: Path, key: bytes, furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> World:
    """A file with two reports, which no passphrase has to be stretched for."""
    monkeypatch.setenv("VISITAPP_PASSPHRASE", PASSPHRASE)
    monkeypatch.setattr(bootstrap, "unlock_by", lambda *_words, **_how: lambda _path: key)
    sign(furnished, make_visit())
    copy = tmp_path / "sound" / "records.visits"
    copy.parent.mkdir()
    furnished.maintenance.backup(copy)
    if not vault.key_file(copy).exists():
        shutil.copy2(vault.key_file(locked), vault.key_file(copy))
    return World(copy.parent, copy, key, furnished)


@pytest.mark.parametrize("kind", RUNS)
@pytest.mark.parametrize("which", [0, pytest.param(1, marks=pytest.mark.long)])
def test_no_mutated_input_meets_a_fault_or_keeps_the_program_busy(
    world: World, kind: str, which: int
) -> None:
    number = RUNS[kind][which]
    first = 1_000_000 * which
    failures = {
        seed: wrong for seed in range(first, first + number) if (wrong := world.run(kind, seed))
    }
    print(f"{kind}: {number} mutated inputs, {len(failures)} failures")
    shown = Counter(wrong[:60] for wrong in failures.values()).most_common(5)
    assert not failures, (
        f"{kind}: {len(failures)} of {number}: {shown}; {dict([*failures.items()][:3])}"
    )


def _busy_for_ever() -> None:
    signal.setitimer(signal.ITIMER_VIRTUAL, 0.05)
    while True:
        pass


def test_what_is_too_much_is_noticed() -> None:
    with pytest.raises(TooLongError), bounded():
        _busy_for_ever()
    if _HAS_PROC:
        with pytest.raises(MemoryError), bounded():
            bytearray(2 * BYTES)


def test_a_run_is_the_same_again(world: World) -> None:
    content = [mutated_bytes(random.Random("csv 5"), world.csv) for _ in range(2)]
    assert content[0] == content[1] != world.csv
