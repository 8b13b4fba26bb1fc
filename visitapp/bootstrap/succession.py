"""An office that was handed over becomes the next manager's own records."""

from pathlib import Path

from visitapp import clock
from visitapp.bootstrap.user import local_time, usual_actor
from visitapp.domain.errors import BadInputError
from visitapp.domain.progress import Progress
from visitapp.paths import reading, real_folder, whole_path
from visitapp.security import handed_file


def code_slip(code: str) -> str:
    """What is wrong with a code as somebody typed it; empty where it can be one."""
    try:
        handed_file.secret_of(code)
    except BadInputError as error:
        return str(error)
    return ""


def look(file: Path, code: str) -> None:
    """Raises BadInputError, with a sentence, where the code doesn't open the file of an office
    that was handed over, or it was used already."""
    secret = handed_file.secret_of(code)
    with reading(file):
        handed_file.look(file, secret)


def take_over(
    file: Path,
    code: str,
    path: Path,
    passphrase: str,
    *,
    name: str = "",
    progress: Progress | None = None,
) -> str:
    """Make the records at `path` of an office that was handed over; the recovery code of the new
    file. `name` is the new manager's.

    Raises BadInputError for a slip in the code, and the same as
    `services.records.taking_over.take_over`.
    """
    from visitapp.services.records import taking_over

    secret = handed_file.secret_of(code)
    new = taking_over.take_over(
        whole_path(file),
        secret,
        real_folder(path),
        passphrase,
        name.strip() or usual_actor().name,
        now=local_time(),
        clock=clock.now,
        progress=progress,
    )
    return new.recovery_code
