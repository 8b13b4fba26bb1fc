"""Errors a person can act on: `str()` of each is one sentence that can be shown as it is."""

from collections.abc import Sequence


class VisitAppError(Exception):
    """Something the program can't control went wrong; the sentence says what to do."""


class BadInputError(VisitAppError):
    """The input can't be accepted as it is."""


class ConflictError(VisitAppError):
    """The record has been changed elsewhere since it was read."""


class NotAllowedError(VisitAppError):
    """The role of the person signed in does not include this."""


class CancelledError(VisitAppError):
    """The person stopped the long-running work; everything is as it was before."""


class StorageError(VisitAppError):
    """The file of records can't be read or written."""


class MovedError(StorageError):
    """The open file of records was moved, replaced, overwritten or deleted by another program, so
    nothing more can be saved to it. `can_copy`: everything saved so far can still be read."""

    def __init__(self, sentence: str, *, can_copy: bool) -> None:
        super().__init__(sentence)
        self.can_copy = can_copy


class CantOpenError(StorageError):
    """The file of records can't be opened."""


class ChangedMeanwhileError(CantOpenError):
    """Another program wrote to the file while we were reading it; trying again may work."""


class DamagedError(CantOpenError):
    """The file is damaged. A backup helps, or rescuing what can still be read, unless everything
    `is_lost`."""

    def __init__(self, sentence: str, *, is_lost: bool = False) -> None:
        super().__init__(sentence)
        self.is_lost = is_lost


class KeyFileError(CantOpenError):
    """The key file is missing or damaged. The records themselves may be fine."""


class WrongPassphraseError(CantOpenError):
    """The passphrase or recovery code doesn't open this file."""


class TooSoonError(CantOpenError):
    """Too many wrong passphrases: the next try has to wait `seconds`."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class NewerFileError(CantOpenError):
    """A newer version of the program wrote the file."""


class HeldError(CantOpenError):
    """The file is open in another copy of the program."""


class HeldElsewhereError(HeldError):
    """The file is marked as open on another computer: on `host`, since `since`, by `who`. Only a
    person can tell whether it still is."""

    def __init__(self, name: str, *, host: str, since: str, who: str) -> None:
        when, by = f" since {since}" if since else "", f" by {who}" if who else ""
        self.where = f"{name} is open on {host}{when}{by}."
        super().__init__(f"{self.where} Close it there first.")


class ContradictionsError(BadInputError):
    """The backup can be read in full, but `sentences` list contradictions in its records."""

    def __init__(self, sentences: Sequence[str]) -> None:
        number = len(sentences)
        things = "1 thing in it does" if number == 1 else f"{number:,} things in it do"
        super().__init__(f"The whole backup can be read, but {things} not match the rest.")
        self.sentences = tuple(sentences)


class FaultyFileError(BadInputError):
    """A file that was written elsewhere can't be taken in as it is; each of `sentences` begins
    with the place that it is about."""

    def __init__(self, sentences: Sequence[str]) -> None:
        number = len(sentences)
        problems = "1 problem" if number == 1 else f"{number:,} problems"
        super().__init__(f"Nothing was taken in: {problems} in the file.")
        self.sentences = tuple(sentences)
