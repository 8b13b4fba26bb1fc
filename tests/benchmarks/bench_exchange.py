"""A thousand reports sealed in a visitor's copy, and a thousand opened and taken in by the office.

The baseline seals and opens the same bytes with bare `cryptography` (the same suite and
signatures) and inserts the same rows by bare SQL into encrypted SQLite, in as many transactions.
"""

import hashlib
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from sqlcipher3 import dbapi2

from tests.benchmarks.bench_start import KEY
from tests.builders import ANNE, SCHEME_IDS, furnish
from tests.copies import Copies, make_copies, written
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.persistence import ledger, outbox, visits
from visitapp.security import copy_keys
from visitapp.services.exchange import outgoing, taking_in

REPORTS = 1000
ROUNDS = 3
"""The quickest of each counts: other programs may be busy during one of them."""
AT_ONCE = 50
"""Messages in one transaction, as the program takes them in; they divide the reports."""
BAR = 3.0


def main() -> None:
    assert taking_in.AT_ONCE == AT_ONCE
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home)
        template = folder / "template.visits"
        office, actor = Office(UUID(int=1), "An office"), Actor("A manager", Role.MANAGER)
        bootstrap.make_records(template, KEY, office=office, actor=actor, scheme_ids=SCHEME_IDS)
        with bootstrap.open_with_key(template, KEY) as opened:
            furnish(opened.services)
        rounds = [_measured(template, folder / str(number)) for number in range(ROUNDS)]
    sealed, taken, base_sealed, base_taken = map(min, zip(*rounds, strict=True))
    for name, ours, base in (("sealed", sealed, base_sealed), ("taken in", taken, base_taken)):
        print(
            f"{REPORTS:,} reports {name}: ours {ours * 1000:.0f} ms, "
            f"baseline {base * 1000:.0f} ms, ratio {ours / base:.2f} (bar {BAR:g})",
            flush=True,
        )


def _measured(template: Path, home: Path) -> tuple[float, float, float, float]:
    """Seconds: ours sealed and taken in, the baseline sealed and taken in."""
    home.mkdir()
    copies = make_copies(template, home / "folder", KEY)
    try:
        sealed, taken, files = _ours(copies)
        return sealed, taken, *_baseline(copies, files, home / "plain.db")
    finally:
        copies.close()


def _ours(copies: Copies) -> tuple[float, float, list[bytes]]:
    anne = copies.join("anne", ANNE)
    first = written(anne, date(2025, 4, 8))
    with anne.access.database.reading() as connection:
        visit = visits.visit(connection, first.id)
    assert visit is not None
    more = [
        replace(
            visit,
            id=uuid4(),
            ref=f"NOR-2025-V1-{number + 2:03}",
            arrived=replace(visit.arrived, utc_minute=visit.arrived.utc_minute - 1440 * number),
        )
        for number in range(1, REPORTS)
    ]
    with anne.access.database.transaction() as connection:
        visits.insert_visits(connection, more)
        ledger.append(connection, ledger.signed(more, "Anne Example"))
        own = copies.visitors["anne"].exchange.own()
    assert own is not None
    began = time.perf_counter()
    outgoing.write_due(anne.access, own, Random(1))
    sealed = time.perf_counter() - began
    with anne.access.database.reading() as connection:
        files = [message.file for message in outbox.messages(connection)]
    assert len(files) == REPORTS
    began = time.perf_counter()
    outcomes = taking_in.take_in(copies.office.access, files)
    taken = time.perf_counter() - began
    assert all(outcome.taken and outcome.taken.is_new for outcome in outcomes)
    assert len(copies.office.inbox.lines()) == REPORTS
    return sealed, taken, files


def _baseline(copies: Copies, files: list[bytes], path: Path) -> tuple[float, float]:
    own = copies.office.exchange.own()
    assert own is not None
    private, signer = copy_keys.opening_key(own), Ed25519PrivateKey.generate()
    suite = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute(f"PRAGMA key = \"x'{KEY.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE out (id, copy, kind, subject, number, digest, file, made)")
    connection.execute("CREATE TABLE came (id, copy, kind, number, made, taken)")
    connection.execute("CREATE TABLE report (id, scheme, person, revision, content, at, state)")
    plain = [file[len(file) % 64 :] for file in files]
    public, verifier = private.public_key(), signer.public_key()
    began = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    sealed = []
    for number, content in enumerate(plain):
        body = suite.encrypt(content, public, b"baseline"), signer.sign(content)
        sealed.append(body)
        row = ("id", "copy", "report", number, number, hashlib.sha256(content).hexdigest())
        connection.execute("INSERT INTO out VALUES (?,?,?,?,?,?,?,?)", (*row, body[0], "now"))
    connection.execute("COMMIT")
    seal_time = time.perf_counter() - began
    began = time.perf_counter()
    for number, (body, signature) in enumerate(sealed):
        content = suite.decrypt(body, private, b"baseline")
        verifier.verify(signature, content)
        if number % AT_ONCE == 0:
            connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO came VALUES (?,?,?,?,?,?)", ("i", "c", "r", number, 1, 2))
        row = ("id", "scheme", "person", 1, content, "now", "waiting")
        connection.execute("INSERT INTO report VALUES (?,?,?,?,?,?,?)", row)
        if number % AT_ONCE == AT_ONCE - 1:
            connection.execute("COMMIT")
    take_time = time.perf_counter() - began
    connection.close()
    return seal_time, take_time


if __name__ == "__main__":
    main()
