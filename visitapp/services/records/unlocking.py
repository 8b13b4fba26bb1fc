"""The data key of a file of records, by passphrase or recovery code. Wrong tries lead to waits."""

import math
import time
from collections.abc import Callable
from pathlib import Path

from visitapp import clock
from visitapp.domain.errors import TooSoonError, WrongPassphraseError
from visitapp.domain.text.wording import number_of
from visitapp.security import vault
from visitapp.security.tries import Tries

_tries = Tries(lambda: clock.now().timestamp(), time.monotonic)


def seconds_to_wait(path: Path) -> int:
    """Whole seconds until the next try is allowed; 0 unless the last tries were wrong."""
    return math.ceil(_tries.wait(path))


def unlock(path: Path, words: str, *, by_code: bool = False) -> bytes:
    """The data key. Raises WrongPassphraseError; TooSoonError after several of these; BadInputError
    for a typing error in a code, which doesn't count."""
    if seconds := seconds_to_wait(path):
        raise TooSoonError(
            f"{waiting(seconds)} and try again. The last passphrases or codes were wrong.", seconds
        )
    try:
        key = (vault.unlock_with_code if by_code else vault.unlock)(path, words)
    except WrongPassphraseError as error:
        seconds = math.ceil(_tries.wrong(path))
        if not seconds:
            raise
        raise WrongPassphraseError(f"{error} {waiting(seconds)} before you try again.") from None
    _tries.right(path)
    return key


def unlock_by(words: str, *, by_code: bool = False) -> Callable[[Path], bytes]:
    """The same for a file that isn't known yet."""
    return lambda path: unlock(path, words, by_code=by_code)


def waiting(seconds: int) -> str:
    """What to do while waiting."""
    return f"Wait {number_of(seconds, 'second')}"
