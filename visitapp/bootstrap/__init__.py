"""The composition root: from a file and its key to services."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from random import SystemRandom
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from visitapp import clock as system_clock
from visitapp.bootstrap import nearby_files
from visitapp.bootstrap.opening import Clock, OpenedFile, open_records, open_to_read
from visitapp.bootstrap.user import local_time, usual_actor
from visitapp.domain.errors import BadInputError, CantOpenError, StorageError
from visitapp.domain.moment import uk_time
from visitapp.domain.office.body import COMMISSIONER, Body
from visitapp.domain.office.scheme import Actor, Kind, Office
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.progress import Progress
from visitapp.paths import private_folder, read_bounded, real_folder, whole_path, writing
from visitapp.paths import reading as reading_file
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.services.access import Access
from visitapp.services.records.new_file import (
    filled_folder,
    furnish,
    must_be_empty,
    must_be_free,
    new_file,
    new_records,
)
from visitapp.services.records.unlocking import unlock_by

if TYPE_CHECKING:
    from visitapp.domain.exchange.pack import InvitationContent
    from visitapp.domain.records.anchor import AnchorComparison
    from visitapp.domain.records.health import Health
    from visitapp.domain.records.strength import PassphraseStrength
    from visitapp.persistence.salvage import Salvaged
    from visitapp.services.plan.simulation import Simulation

__all__ = ["Clock", "OpenedFile"]

DEMONSTRATION_PASSPHRASE = "demonstration"  # noqa: S105 - said to everybody
_DEMONSTRATION = "demonstration.visits"


def create_file(
    path: Path,
    passphrase: str,
    *,
    office_name: str = "",
    area: str = "",
    actor: Actor | None = None,
    kinds: Sequence[Kind] = tuple(Kind),
    body: Body = COMMISSIONER,
) -> str:
    """Create an empty file of records with schemes of these kinds, which belong to `body`, and its
    key file. Returns the recovery code.

    Missing folders are created as private ones. Raises BadInputError if a file exists. If anything
    goes wrong, nothing is left behind.
    """
    name = office_name.strip() or "Our office"
    office = Office(uuid4(), name, area.strip(), bodies=(body,))
    ids = {kind: uuid4() for kind in kinds}
    return _new_file(
        path, passphrase, lambda new: furnish(new, office, actor or usual_actor(), ids)
    ).recovery_code


def create_from_scheme(path: Path, passphrase: str, source: Path) -> str:
    """Create a file of records with all that an export as JSON has, and its key file. Returns the
    recovery code. Raises BadInputError as `create_file` does, and for a file that can't be
    taken."""
    from visitapp.services.records.exports import write_scheme

    return _new_file(path, passphrase, lambda new: write_scheme(new, source)).recovery_code


def make_records(
    path: Path, data_key: bytes, *, office: Office, actor: Actor, scheme_ids: Mapping[Kind, UUID]
) -> None:
    """Create only the records, without a key file, encrypted with a 32-byte key."""
    new_records(path, data_key, lambda new: furnish(new, office, actor, scheme_ids))


def write_demonstration(folder: Path, passphrase: str, progress: Progress) -> list[Path]:
    """Write the demonstration's records and its years' documents. Returns the files written.

    The folder is created. Raises BadInputError if it exists and isn't empty. If anything goes
    wrong, nothing is left in it.
    """
    from visitapp import demonstration
    from visitapp.services.year.year_folder import write_year

    must_be_empty(folder, _DEMONSTRATION)
    with writing(folder), filled_folder(whole_path(folder), _DEMONSTRATION) as inner:
        path = inner / _DEMONSTRATION
        new = _new_file(path, passphrase, lambda database: demonstration.fill(database, progress))
        written = [path, vault.key_file(path)]
        with open_with_key(path, new.data_key) as opened:
            for period in demonstration.published_years():
                label = opened.services.setup.years().label(period)
                year = inner / label.replace("/", "-")
                written += write_year(opened.services, period, year, progress)
    return [folder / file.relative_to(inner) for file in written]


def open_demonstration(folder: Path, progress: Progress | None = None) -> OpenedFile:
    """Create the demonstration's records in an empty folder and open them for writing.

    They can be unlocked again with `DEMONSTRATION_PASSPHRASE`. Raises the same as
    `write_demonstration`.
    """
    from visitapp import demonstration

    must_be_empty(folder, _DEMONSTRATION)
    with writing(folder), filled_folder(whole_path(folder), _DEMONSTRATION) as inner:
        new = _new_file(
            inner / _DEMONSTRATION,
            DEMONSTRATION_PASSPHRASE,
            lambda database: demonstration.fill(database, progress),
        )
    return open_with_key(folder / _DEMONSTRATION, new.data_key, hold=True)


def _new_file(
    path: Path,
    passphrase: str,
    fill: Callable[[Database], None],
    finish: Callable[[], None] = lambda: None,
) -> vault.NewVault:
    path = real_folder(path)
    return new_file(path, passphrase, fill, usual_actor().name, local_time(), finish)


def open_with_passphrase(
    path: Path,
    passphrase: str,
    *,
    hold: bool = False,
    take_over: bool = False,
    reading: bool = False,
) -> OpenedFile:
    """Open a file of records. `hold`: for writing, as the only copy of the program; `take_over`:
    even if it is marked as open on another computer; `reading`: without writing a byte to the file
    or its folder, even if another program has it open.

    Raises CantOpenError (WrongPassphraseError, NewerFileError, HeldError, HeldElsewhereError).
    """
    return _unlocked(path, unlock_by(passphrase), hold, take_over=take_over, reading=reading)


def open_with_code(
    path: Path, code: str, *, hold: bool = False, take_over: bool = False, reading: bool = False
) -> OpenedFile:
    """Open a file by its recovery code. Raises BadInputError for a typing error, and the same as
    `open_with_passphrase`."""
    unlock = unlock_by(code, by_code=True)
    return _unlocked(path, unlock, hold, take_over=take_over, reading=reading)


def open_with_key(
    path: Path,
    key: bytes,
    *,
    hold: bool = False,
    clock: Clock | None = None,
    take_over: bool = False,
    reading: bool = False,
) -> OpenedFile:
    """Open a file by its data key. `clock` returns aware times; by default it is the system's."""
    return _unlocked(path, lambda _: key, hold, clock, take_over=take_over, reading=reading)


def joining_code_slip(code: str) -> str:
    """What is wrong with a joining code as somebody typed it; empty where it can be one."""
    from visitapp.security import joining_code

    try:
        joining_code.secret_of(code)
    except BadInputError as error:
        return str(error)
    return ""


def look_at_invitation(invitation: Path, code: str) -> "InvitationContent":
    """Whose invitation it is, and to what. Raises as `join_scheme`."""
    from visitapp.security import joining_code
    from visitapp.services.exchange import joining

    secret = joining_code.secret_of(code)
    with reading_file(invitation):
        file = read_bounded(invitation, joining_code.MOST_BYTES)
    return joining.opened_invitation(file, secret, uk_time(system_clock.now()).date())


def join_scheme(invitation: Path, code: str, path: Path, passphrase: str, reply: Path) -> str:
    """Make a visitor's file of records by an invitation and its joining code, and the reply for
    the office; the recovery code of the new file.

    Raises BadInputError for a slip in the code, where the code doesn't open the invitation, it
    has ended, or a file is there already, StorageError where something can't be written.
    Whatever goes wrong, no new records are left behind.
    """
    from visitapp.security import joining_code
    from visitapp.services.exchange import joining
    from visitapp.services.saving import must_be_free as reply_must_be_free
    from visitapp.services.saving import save_document

    secret = joining_code.secret_of(code)
    reply_must_be_free(reply)
    content = look_at_invitation(invitation, code)

    replies: list[bytes] = []

    def fill(database: Database) -> None:
        access = Access(database, usual_actor(), system_clock.now)
        replies.append(joining.begin(database, content, secret, access))

    # a reply without its records would use the code up; records can write their reply again
    new = _new_file(path, passphrase, fill, lambda: save_document(reply, replies[0]))
    return new.recovery_code


def passphrase_strength(passphrase: str, about: Iterable[str] = ()) -> "PassphraseStrength":
    """How good a passphrase for a new file would be, in words. `about` are names that somebody who
    knows the person and the office would try first."""
    from visitapp.security.passphrase import strength

    return strength(passphrase, about)


def check_file(path: Path, words: str, *, by_code: bool = False) -> list[str]:
    """Damage and contradictions in a file of records, in sentences; empty if it is sound.

    `words` are the passphrase, or the recovery code. Raises CantOpenError if they don't open its
    key file.
    """
    return look_at_file(path, words, by_code=by_code).faults


def look_at_file(path: Path, words: str, *, by_code: bool = False) -> "Health":
    """Like `check_file`, with what is known of earlier losses and the state of the ledger."""
    from visitapp.services.records import rescue

    path = whole_path(path)
    with _cant_open(path):
        return rescue.look(path, unlock_by(words, by_code=by_code))


def compare_file(
    path: Path, words: str, typed: str, *, by_code: bool = False
) -> "AnchorComparison":
    """Whether a file was once in the state given by an anchor, typed from a printed page.

    Raises BadInputError if it isn't an anchor, and the same as `check_file`.
    """
    from visitapp.domain.records.anchor import typed_anchor
    from visitapp.services.records import rescue

    printed, path = typed_anchor(typed), whole_path(path)
    with _cant_open(path):
        return rescue.was_in_state(path, unlock_by(words, by_code=by_code), printed)


def salvage_file(
    path: Path,
    words: str,
    target: Path,
    *,
    by_code: bool = False,
    progress: Progress | None = None,
) -> "Salvaged":
    """Save what can still be read of a damaged file to a new one with its key file.

    `words` are the passphrase, or the recovery code. Raises CantOpenError, BadInputError if
    `target` exists, CancelledError; no new file is left then.
    """
    from visitapp.services.records import rescue

    path, target = whole_path(path), real_folder(target)
    must_be_free(target)
    unlock = unlock_by(words, by_code=by_code)
    with _cant_open(path), writing(target), private_folder(target.parent):
        return rescue.salvage(
            path, unlock, target, progress, by=usual_actor().name, at=local_time()
        )


def restore_file(
    backup: Path,
    path: Path,
    words: str,
    *,
    by_code: bool = False,
    force: bool = False,
    take_over: bool = False,
    accept: Callable[[Sequence[str]], bool] | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Restore a backup as the file of records. Returns where an existing file was kept, or None.

    `words` are the backup's passphrase, or its recovery code. `take_over` replaces a file that is
    marked as open on another computer. `accept` and the errors raised are those of
    `services.records.rescue.restore`.
    """
    from visitapp.services.records import rescue

    unlock, path = unlock_by(words, by_code=by_code), whole_path(path)
    user, now = usual_actor().name, local_time()
    with writing(path), private_folder(path.parent):
        return rescue.restore(
            whole_path(backup), path, unlock, who=user, now=now, force=force, take_over=take_over,
            accept=accept, progress=progress,
        )  # fmt: skip


def restore_key_file(backup: Path, path: Path, words: str, *, by_code: bool = False) -> None:
    """Restore only the key file of records that are sound; raises the same as
    `services.records.rescue.restore_key_file`."""
    from visitapp.services.records import rescue

    path, user, now = whole_path(path), usual_actor().name, local_time()
    with writing(vault.key_file(path)):
        unlock = unlock_by(words, by_code=by_code)
        rescue.restore_key_file(backup, path, unlock, who=user, now=now)


def _unlocked(
    path: Path,
    unlock: Callable[[Path], bytes],
    hold: bool,
    clock: Clock | None = None,
    *,
    take_over: bool = False,
    reading: bool = False,
) -> OpenedFile:
    path = whole_path(path)
    with _cant_open(path, take_over=take_over):
        try:
            if reading:
                return open_to_read(path, unlock(path), clock or system_clock.now)
            return open_records(path, unlock(path), hold, clock or system_clock.now, take_over)
        except OSError as error:
            raise CantOpenError(f"{path} can't be opened: {error.strerror or error}.") from error


@contextlib.contextmanager
def _cant_open(path: Path, *, take_over: bool = False) -> Iterator[None]:
    """Turn every reason why the records can't be opened into CantOpenError."""
    try:
        nearby_files.tidy(path, take_over=take_over)
        nearby_files.must_be_there(path)
        yield
    except CantOpenError:
        raise
    except StorageError as error:
        raise CantOpenError(str(error)) from error


def simulate(
    visits: int,
    years: int,
    progress: Progress | None = None,
    *,
    weeks_late: int | None = None,
    per: str | None = None,
    law: VisitLaw | None = None,
    from_year: int | None = None,
    rule: WeekRule = WeekRule.EACH,
    two_pairs: bool = False,
) -> "Simulation":
    """Simulated years of planned visits, drawn with the operating system's randomness as plans
    are; with `weeks_late` as pairs draw their moments, from reports that come so late. `visits` are
    those of a year, or of a span of a target with `per`. `law`: otherwise the better one.
    `from_year`: real years. `rule`: which weeks have a visit. `two_pairs`: as many are asked for
    every week."""
    from visitapp.services.plan.simulation import simulate_years

    return simulate_years(
        visits, years, SystemRandom(), progress,
        weeks_late=weeks_late, per=per, law=law, from_year=from_year, rule=rule,
        two_pairs=two_pairs,
    )  # fmt: skip
