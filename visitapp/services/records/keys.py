"""What opens a file of records, and when a new passphrase is good enough."""

from collections.abc import Iterable
from hmac import compare_digest
from pathlib import Path

from visitapp.domain.errors import BadInputError, WrongPassphraseError
from visitapp.persistence import schemes
from visitapp.security import vault
from visitapp.security.passphrase import strength
from visitapp.services.access import Access
from visitapp.services.records.unlocking import unlock


def must_be_strong(passphrase: str, about: Iterable[str] = ()) -> None:
    """Raises BadInputError, saying what to do, for a passphrase that is too easy to guess.

    `about` are names that somebody who knows the person and the office would try first.
    """
    if not passphrase.strip():
        raise BadInputError("The passphrase is empty.")
    judged = strength(passphrase, about)
    if not judged.is_enough:
        raise BadInputError(f"This passphrase is too easy to guess. {judged.sentence}")


def names_around(access: Access) -> tuple[str, ...]:
    """Names that a passphrase of these records had better not be made of: the office's, its
    area's, the person's, and those of its sites."""
    with access.database.reading() as connection:
        office = schemes.office(connection)
        sites = [site.name for site in schemes.sites(connection)]
    named = () if office is None else (office.name, office.area)
    return (access.actor.name, *named, *sites)


def may_change(
    access: Access, path: Path, data_key: bytes, old: str, new: str, *, by_code: bool = False
) -> None:
    """Raises where `old`, the passphrase before or with `by_code` the recovery code, doesn't
    open the records, or `new` is too easy to guess; changes nothing."""
    must_be_strong(new, names_around(access))
    if not compare_digest(unlock(path, old, by_code=by_code), data_key):
        raise WrongPassphraseError("This key file belongs to another file. Restore a backup.")


def change_passphrase(
    access: Access, path: Path, data_key: bytes, old: str, new: str, *, by_code: bool = False
) -> None:
    """Wrap the data key of open records by another passphrase. `old` is the one before, or with
    `by_code` the recovery code, which stays. Raises as `MaintenanceService.change_passphrase`.
    """
    may_change(access, path, data_key, old, new, by_code=by_code)
    vault.change_passphrase(path, data_key, new)
