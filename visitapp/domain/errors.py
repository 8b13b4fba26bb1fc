"""Errors a person can act on: `str()` of each is one sentence fit to show."""


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


class CantOpenError(StorageError):
    """The file of records can't be opened."""


class WrongPassphraseError(CantOpenError):
    """The passphrase or recovery code does not open this file."""


class NewerFileError(CantOpenError):
    """The file was written by a newer version of the program."""


class HeldError(CantOpenError):
    """Another copy of the program has the file open."""
