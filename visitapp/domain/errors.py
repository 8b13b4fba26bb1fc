"""Errors a person can act on: `str()` of each is one sentence fit to show."""

from collections.abc import Sequence


class VisitAppError(Exception):
    """Something outside the program's power went wrong; the sentence says what to do."""


class BadInputError(VisitAppError):
    """What was entered can't be taken as it is."""


class ConflictError(VisitAppError):
    """The record was changed elsewhere since it was read."""


class NotAllowedError(VisitAppError):
    """The role of the person signed in does not include this."""


class CancelledError(VisitAppError):
    """The person asked for long work to stop; what was there before is kept."""


class StorageError(VisitAppError):
    """The file of records can't be read or written."""


class MovedError(StorageError):
    """The open file of records was moved, replaced, overwritten or deleted by another program:
    nothing can be saved to it any more. `can_copy`: all that was saved can still be read."""

    def __init__(self, sentence: str, *, can_copy: bool) -> None:
        super().__init__(sentence)
        self.can_copy = can_copy


class CantOpenError(StorageError):
    """The file of records can't be opened."""


class ChangedMeanwhileError(CantOpenError):
    """Another program wrote to the file while it was read; reading it again may go well."""


class DamagedError(CantOpenError):
    """The file can't be read as it is any more: a backup helps, or saving what can be read,
    unless all `is_lost`."""

    def __init__(self, sentence: str, *, is_lost: bool = False) -> None:
        super().__init__(sentence)
        self.is_lost = is_lost


class KeyFileError(CantOpenError):
    """The key file is missing or damaged, which says nothing of the records beside it."""


class WrongPassphraseError(CantOpenError):
    """The passphrase or recovery code does not open this file."""


class TooSoonError(CantOpenError):
    """Too many wrong tries: the next one has to wait `seconds`."""

    def __init__(self, sentence: str, seconds: int) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class NewerFileError(CantOpenError):
    """The file was written by a newer version of the program."""


class HeldError(CantOpenError):
    """Another copy of the program has the file open."""


class HeldElsewhereError(HeldError):
    """The file is marked as open on another computer, of which only a person can know whether
    it is: on `host`, since `since`, by `who`."""

    def __init__(self, name: str, *, host: str, since: str, who: str) -> None:
        when, by = f" since {since}" if since else "", f" by {who}" if who else ""
        self.where = f"{name} is open on {host}{when}{by}."
        super().__init__(f"{self.where} Close it there first.")


class ContradictionsError(BadInputError):
    """A backup can be read whole, and its `sentences` say what in it does not fit together."""

    def __init__(self, sentences: Sequence[str]) -> None:
        number = len(sentences)
        things = "1 thing in it does" if number == 1 else f"{number:,} things in it do"
        super().__init__(f"The whole backup can be read, but {things} not match the rest.")
        self.sentences = tuple(sentences)
