"""Files that an office chooses for its documents: a crest, and a template for Word."""

from pathlib import Path

from visitapp.domain.errors import BadInputError
from visitapp.paths import read_bounded

_LARGEST = 32 * 1024 * 1024
"""In bytes. A photograph has a few million."""


def read_crest(path: Path) -> bytes:
    """A picture file as the PNG that is stored. Raises BadInputError if the file can't be read or
    isn't a PNG or JPEG picture."""
    from visitapp.reporting.pictures import crest_png

    return crest_png(_read(path))


def read_word_template(path: Path) -> bytes:
    """A DOCX file in whose styles documents can be written. Raises BadInputError if the file can't
    be read, or isn't one."""
    from visitapp.reporting.word.template_check import word_template

    return word_template(_read(path))


def _read(path: Path) -> bytes:
    try:
        return read_bounded(path, _LARGEST)
    except OSError as error:
        reason = error.strerror or "the system refuses it"
        sentence = f"{path.name} can’t be read: {reason}. Choose another file."
        raise BadInputError(sentence) from error
