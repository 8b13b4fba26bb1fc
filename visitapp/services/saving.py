"""A document is saved whole or not at all, and takes the place of another one only where that is
asked for."""

from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.paths import write_whole, writing


def must_be_free(target: Path, *, force: bool = False) -> None:
    """Raises BadInputError where something is at `target` and not `force`: before long work
    whose document could not be saved."""
    if target.exists() and not force:
        raise BadInputError(f"{target} already exists. Choose another name or replace it.")


def save_document(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write a document. Raises BadInputError where something is at `target` and not `force`,
    StorageError where it can't be written."""
    must_be_free(target, force=force)
    with writing(target):
        write_whole(target, content)
