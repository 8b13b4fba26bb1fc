"""Files of records as earlier versions of the program wrote them: SQL in `tests/data/records`.

Each has the sites and people of the builders, three reports of March 2025 (one of them withdrawn)
and two issues; where its version knew them, also the days until an issue is overdue, clearances, a
site's policy and where an issue was found. Before a migration changes what files hold,

    python -m tests.old_records

keeps the file of today's version beside the others.
"""

import gzip
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from tests.builders import (
    ANNE,
    CARA,
    CUSTODY,
    SCHEME_IDS,
    SUITE,
    furnish,
    make_kennel_visit,
    make_visit,
    sign,
)
from visitapp import bootstrap
from visitapp.domain.office.people import Clearance
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.persistence import dialect, migrate
from visitapp.services import Services

_FOLDER = Path(__file__).parent / "data" / "records"
VERSIONS = tuple(sorted(path.name.partition(".")[0] for path in _FOLDER.glob("*.sql.gz")))

CLEARANCES = {
    "Anne Example": Clearance(date(2026, 5, 1), date(2025, 7, 1), tact_trained=True),
    "Cara Instance": Clearance(date(2026, 8, 31)),
}
WITH_PLACE = Issue(
    UUID(int=71), "FOOD", 2, description="The meals were cold.", raised_with="Sergeant",
    place="Cell 3", question=Place("meals"), raised_minute=845,
)  # fmt: skip
WITHOUT_PLACE = Issue(UUID(int=72), "CELL", 1, description="A light was broken.")
KEPT, WITHDRAWN, KENNELS = UUID(int=61), UUID(int=62), UUID(int=63)
"""The ids of the reports."""
ISSUE_DAYS, VISITS_A_YEAR = 21, 70


def write(version: str, path: Path, key: bytes) -> None:
    """Write the file of a version to `path`, encrypted with a 32-byte key."""
    text = gzip.decompress((_FOLDER / f"{version}.sql.gz").read_bytes()).decode()
    with closing(dialect.connect(path, key)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")  # rows stand in the order of their tables
        connection.executescript(f"BEGIN;\n{text}COMMIT;")


def _fill(services: Services) -> None:
    """Write what each of the files has, by the services of today's version."""
    furnish(services)
    custody = next(scheme for scheme in services.setup.schemes() if scheme.id == CUSTODY)
    services.setup.save_scheme(replace(custody, issue_days=ISSUE_DAYS))
    for person in services.people.people():
        if person.id in (ANNE, CARA):
            services.people.save(replace(person, clearance=CLEARANCES[person.name]))
    services.planning.set_visits_a_year(SUITE, VISITS_A_YEAR)
    sign(services, make_visit(date(2025, 3, 5), id=KEPT, issues=(WITH_PLACE, WITHOUT_PLACE)))
    sign(services, make_visit(date(2025, 3, 12), id=WITHDRAWN))
    sign(services, make_kennel_visit(date(2025, 3, 6), id=KENNELS))
    services.visits.withdraw(WITHDRAWN, "Wrong suite")


def as_sql(connection: Any) -> Iterator[str]:
    """A file as statements: its tables, their rows, then the indexes. What SQLite makes of the
    index of words by itself is left out."""
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    parts = [
        (kind, name, " ".join(sql.split()))
        for kind, name, table, sql in connection.execute(f"{query} ORDER BY rowid")
        if not table.startswith(("report_text_", "sqlite_"))
    ]
    yield from (sql for kind, _, sql in parts if kind == "table")
    for name in (name for kind, name, _ in parts if kind == "table"):
        columns = [f'"{row[1]}"' for row in connection.execute(f'PRAGMA table_info("{name}")')]
        values = "||','||".join(f"quote({column})" for column in columns)
        for (row,) in connection.execute(f'SELECT {values} FROM "{name}"'):  # noqa: S608
            yield f'INSERT INTO "{name}" VALUES({row})'
    yield from (sql for kind, _, sql in parts if kind == "index")


def main() -> None:
    """Keep the file of today's version."""
    key = bytes(32)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "records.visits"
        office = Office(UUID(int=1), "Office of the Commissioner", "Anyshire")
        actor = Actor("Mary Manager", Role.MANAGER)
        bootstrap.make_records(path, key, office=office, actor=actor, scheme_ids=SCHEME_IDS)
        with bootstrap.open_with_key(path, key) as opened:
            _fill(opened.services)
        with closing(dialect.connect(path, key)) as connection:
            text = "".join(f"{statement};\n" for statement in as_sql(connection))
    (_FOLDER / f"{migrate.HEAD}.sql.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    main()
