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
    """Raises BadInputError, which says what to do, if a passphrase is too easy to guess.

    `about` are names that somebody who knows the person and the office would try first.
    """
    if not passphrase.strip():
        raise BadInputError("The passphrase is empty.")
    judged = strength(passphrase, about)
    if not judged.is_enough:
        raise BadInputError(f"This passphrase is too easy to guess. {judged.sentence}")


def guessable_names(access: Access) -> tuple[str, ...]:
    """Names to avoid in a passphrase for these records: those of the office, its area, the person,
    and the sites."""
    with access.database.reading() as connection:
        office = schemes.office(connection)
        sites = [site.name for site in schemes.sites(connection)]
    named = () if office is None else (office.name, office.area)
    return (access.actor.name, *named, *sites)


def may_change(
    access: Access, path: Path, data_key: bytes, old: str, new: str, *, by_code: bool = False
) -> None:
    """Raises WrongPassphraseError if `old` (the current passphrase or, `by_code`, the recovery
    code) doesn't open the records, and BadInputError if `new` is too easy to guess. Changes
    nothing."""
    must_be_strong(new, guessable_names(access))
    if not compare_digest(unlock(path, old, by_code=by_code), data_key):
        raise WrongPassphraseError("This key file belongs to another file. Restore a backup.")


def change_passphrase(
    access: Access, path: Path, data_key: bytes, old: str, new: str, *, by_code: bool = False
) -> None:
    """Protect the data key of open records by another passphrase. `old` is the current one or,
    `by_code`, the recovery code, which stays valid. Raises the same as
    `MaintenanceService.change_passphrase`."""
    may_change(access, path, data_key, old, new, by_code=by_code)
    vault.change_passphrase(path, data_key, new)
