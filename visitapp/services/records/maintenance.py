"""Looking after the file of records: backups, checks, and what opens it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, StorageError
from visitapp.domain.moment import uk_time
from visitapp.domain.records.anchor import AnchorComparison, typed_anchor
from visitapp.domain.records.health import Health
from visitapp.paths import name_to_keep, real_folder, resolved, writing
from visitapp.persistence import backup as stored
from visitapp.security import vault
from visitapp.security.holder import Holder
from visitapp.security.placing import PAIR, NewPair, with_ending
from visitapp.services.access import Access
from visitapp.services.records import keys
from visitapp.services.records.new_file import must_be_free
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads


class MaintenanceService:
    """For everyone who can open the file."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access = access
        self._data_key = data_key

    @property
    def _path(self) -> Path:
        path = self._access.database.path
        assert path is not None, "a server keeps its own backups and passwords"
        return path

    @changes(MANAGER, VISITOR)
    def backup(self, out: Path, *, force: bool = False) -> Path | None:
        """Save a complete copy with its key file, encrypted like the records. Returns where an
        existing file at `out` was kept, or None.

        If `out` is a link, the link itself is set aside. Raises BadInputError if `out` exists,
        unless forced; HeldError if it is a file of records that somebody has open; StorageError if
        it can't be written.
        """
        out = real_folder(out)
        self._must_not_be_ours(out)
        if not out.parent.is_dir():
            raise BadInputError(f"There is no folder {out.parent}.")
        if out.is_dir():
            raise BadInputError(f"{out} is a folder. Give the name of a file in it.")
        who, now = self._access.actor.name, uk_time(self._access.now())
        with writing(out), Holder(out, who, now), NewPair(out) as new:
            if not force:
                must_be_free(out)
            held = stored.copy_records(self._access.database, self._data_key, new.records)
            vault.copy(self._path, new.records)
            kept = new.put("backup", now)
        self._record(out, held.digest)
        return kept

    def _must_not_be_ours(self, out: Path) -> None:
        ours = [with_ending(self._path, ending) for ending in (*PAIR, ".lock", ".holder")]
        for ending in PAIR:
            target = with_ending(out, ending)
            for own in ours:
                is_one = target == own or resolved(target) == resolved(own)
                if is_one or (target.exists() and own.exists() and target.samefile(own)):
                    raise BadInputError(
                        "A backup can't replace the records themselves. Choose another name."
                    )

    def _record(self, out: Path, held: str) -> None:
        now, by = self._access.now(), self._access.actor.name
        # The copy is safe by now; a full disk or a busy file only loses the record of it.
        database = self._access.database
        with suppress(StorageError), database.transaction(is_left=True) as connection:
            stored.record_made(
                connection, now, by, name_to_keep(out.absolute()), contents_digest=held
            )

    @reads(MANAGER, VISITOR)
    def last_backup(self) -> datetime | None:
        """When the latest backup was made (UTC), or None."""
        with self._access.database.reading() as connection:
            return stored.last_made(connection)

    @changes(MANAGER, VISITOR)
    def backup_and_look(self, out: Path, *, force: bool) -> tuple[Path | None, Health]:
        """The same, with the health and the ledger of the records as the copy holds them: that it
        was saved is noted afterwards, which may add to the ledger."""
        health = self.look()
        return self.backup(out, force=force), health

    @reads(MANAGER, VISITOR, READER)
    def check(self) -> list[str]:
        """Damage and contradictions in sentences; empty for sound records."""
        return self.look().faults

    @reads(MANAGER, VISITOR, READER)
    def look(self) -> Health:
        """What is wrong with the records, and the state of their ledger."""
        from visitapp.persistence import integrity

        return integrity.look(self._access.database)

    @changes(MANAGER, VISITOR)
    def count_answers_again(self) -> Changes:
        """Lay the answers of all reports out for counting anew, as they are."""
        from visitapp.persistence import counted_answers, visits

        with self._access.database.transaction() as connection:
            counted_answers.rebuild(connection, visits.every(connection))
        return Changes.VISITS

    @reads(MANAGER, VISITOR, READER)
    def compare(self, typed: str) -> AnchorComparison:
        """Whether the records were once in the state given by an anchor, typed from a printed page.

        Raises BadInputError if it isn't an anchor.
        """
        from visitapp.persistence import ledger

        printed = typed_anchor(typed)
        with self._access.database.reading() as connection:
            return ledger.compare(connection, printed)

    @changes(MANAGER, VISITOR)
    def change_passphrase(self, old: str, new: str, *, by_code: bool = False) -> None:
        """Open the file with another passphrase from now on; the recovery code stays the same.

        `old` is the current passphrase or, `by_code`, the recovery code. Somebody with an older key
        file can still open it, and the records, with the old passphrase, until `change_keys`.
        Raises WrongPassphraseError, or BadInputError if the new passphrase is too easy to guess.
        """
        keys.change_passphrase(self._access, self._path, self._data_key, old, new, by_code=by_code)

    @reads(MANAGER, VISITOR)
    def may_change_keys(self, old: str, new: str, *, by_code: bool = False) -> None:
        """Before the file is closed for `change_keys`: raises the same as `change_passphrase`, but
        changes nothing."""
        keys.may_change(self._access, self._path, self._data_key, old, new, by_code=by_code)

    @reads(MANAGER, VISITOR)
    def backup_folders(self) -> tuple[Path, ...]:
        """Where backups of these records were saved, newest first."""
        with self._access.database.reading() as connection:
            return tuple(stored.folders(connection))

    @reads(MANAGER, VISITOR)
    def guessable_names(self) -> tuple[str, ...]:
        """Names to avoid in a new passphrase."""
        return keys.guessable_names(self._access)

    @changes(MANAGER, VISITOR)
    def renew_code(self) -> str:
        """A new recovery code, to print; the previous one no longer opens the file."""
        return vault.renew_code(self._path, self._data_key)
