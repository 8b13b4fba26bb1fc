"""New keys for a closed file of records."""

from pathlib import Path

from visitapp import bootstrap
from visitapp.bootstrap.user import local_time, usual_actor
from visitapp.domain.errors import StorageError
from visitapp.domain.progress import Progress
from visitapp.paths import whole_path
from visitapp.services.records import key_change
from visitapp.services.records.key_change import NewKeys
from visitapp.services.records.keys import must_be_strong
from visitapp.services.records.unlocking import unlock


def change_keys(
    path: Path,
    words: str,
    new_passphrase: str,
    *,
    by_code: bool = False,
    take_over: bool = False,
    progress: Progress | None = None,
) -> NewKeys:
    """Give records another data key, passphrase and recovery code. `words` are the current
    passphrase, or the recovery code.

    Raises CantOpenError if they don't open the file, BadInputError if the new passphrase is easy to
    guess, StorageError if some work couldn't be saved in the file yet, and the same as
    `services.records.key_change.change_keys`.
    """
    path = whole_path(path)
    opened = (bootstrap.open_with_code if by_code else bootstrap.open_with_passphrase)(
        path, words, hold=True, take_over=take_over
    )
    with opened:  # opening upgrades a file of an earlier version
        must_be_strong(new_passphrase, opened.services.maintenance.guessable_names())
        # It is encrypted with the key that is about to go.
        opened.services.unsaved_work.bring_back()
        if opened.services.unsaved_work.pieces():
            raise StorageError(
                "Some of your work is waiting to be saved and would be lost with the old "
                "keys. Open the file and save it first."
            )
    return key_change.change_keys(
        path,
        unlock(path, words, by_code=by_code),
        new_passphrase,
        who=usual_actor().name,
        now=local_time(),
        take_over=take_over,
        progress=progress,
    )
