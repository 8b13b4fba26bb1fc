"""Files beside a file of records: leftovers of a killed program, files kept, and marks and versions
from other computers."""

import contextlib
import os
import shutil
import stat
from datetime import timedelta
from pathlib import Path

from visitapp import clock
from visitapp.bootstrap.user import local_time, usual_actor
from visitapp.domain.errors import CantOpenError, HeldError
from visitapp.paths import real_folder, whole_path, writing
from visitapp.security import holder, nearby_files, placing
from visitapp.services.records.key_change import left_with_old_keys


def tidy(path: Path, *, take_over: bool = False) -> list[str]:
    """Finish what a killed program left half done with a file of records. Returns sentences that a
    person should know. Every opening does this first; call it to show the sentences.

    Raises HeldError if the file is being put in place right now.
    """
    # of a link, and of the file it leads to
    names = dict.fromkeys((real_folder(path), whole_path(path)))
    with writing(path):
        sentences = [
            sentence for name in names for sentence in nearby_files.tidy(name, take_over=take_over)
        ]
    old = [about_old_keys(kept) for name in names for kept in left_with_old_keys(name)]
    return [*sentences, *old]


def about_old_keys(kept: Path) -> str:
    """What to do about records that the old keys still open."""
    return (
        f"{kept.name} contains the records from before the keys were changed. It still opens "
        "with the old passphrase. Check that the new passphrase works, then delete this old "
        "file and its key file."
    )


def must_be_there(path: Path) -> None:
    """Raises CantOpenError if there is no such file of records, naming any that was kept of it."""
    path = whole_path(path)
    if path.is_file():
        return
    kept = placing.kept_beside(path)
    words = f"There is no file {path}."
    if kept:
        words += (
            f" There is an earlier copy called {kept[0]}. Restore that to get your records back."
        )
    raise CantOpenError(words)


def kept_beside(path: Path) -> list[Path]:
    """The files of records that were set aside from `path`, newest first."""
    return placing.kept_beside(whole_path(path))


def put_back(path: Path, kept: Path) -> None:
    """Move a file that was set aside back to `path`. Raises StorageError, HeldError."""
    path, now = whole_path(path), local_time()
    with writing(path), holder.Holder(path, usual_actor().name, now):
        placing.put_back(path, path.with_name(kept.name), now)


def open_elsewhere(path: Path) -> str:
    """A sentence if a file is marked as open on another computer; otherwise empty."""
    return nearby_files.open_elsewhere(whole_path(path))


def conflict_copies(path: Path) -> list[Path]:
    """Files beside the records that seem to be other versions of them."""
    return nearby_files.conflict_copies(whole_path(path))


def about_other_computers(path: Path) -> list[str]:
    """What to know about a file in a folder shared by several computers: where it is open, and
    which other versions of it there are."""
    return nearby_files.about_other_computers(whole_path(path))


def remove_abandoned(folder: Path, prefix: str) -> None:
    """Remove folders of demonstrations that a killed program left: this user's, at least a day old,
    and not open."""
    for abandoned in folder.glob(f"{prefix}*"):
        with contextlib.suppress(OSError, HeldError):
            for records in abandoned.glob("*.visits"):
                if _is_abandoned(abandoned):
                    with holder.Claim(records):
                        shutil.rmtree(abandoned)


def _is_abandoned(folder: Path) -> bool:
    status = folder.lstat()
    is_ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    age = clock.now() - clock.written_at(folder)
    return stat.S_ISDIR(status.st_mode) and is_ours and age > timedelta(days=1)
