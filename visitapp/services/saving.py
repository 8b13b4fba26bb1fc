"""Documents are saved completely or not at all, and replace another file only if asked to."""

from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.paths import write_whole, writing


def must_be_free(target: Path, *, force: bool = False) -> None:
    """Raises BadInputError if `target` exists, unless `force`. Call it before long work, so that
    the document can be saved afterwards."""
    if target.exists() and not force:
        raise BadInputError(f"{target} already exists. Choose another name or replace it.")


def save_document(target: Path, content: bytes, *, force: bool = False) -> None:
    """Write a document. Raises BadInputError if `target` exists, unless `force`; StorageError if it
    can't be written."""
    must_be_free(target, force=force)
    with writing(target):
        write_whole(target, content)
