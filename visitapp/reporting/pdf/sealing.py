"""What ReportLab asks of whatever encrypts a document, over a seal that does it."""

from typing import Protocol

from reportlab.pdfbase.pdfdoc import PDFObject


class Seal(Protocol):
    """Encrypts one file."""

    def encrypted(self, content: bytes) -> bytes:
        """A string or a stream."""

    def dictionary(self) -> bytes:
        """The encryption dictionary as it stands in the file."""


class SealedDocument:
    """Stands in the place of ReportLab's own encryption, whose methods it has."""

    def __init__(self, seal: Seal) -> None:
        self._seal = seal

    def prepare(self, document: object) -> None:
        """Nothing depends on the document."""

    def register(self, number: int, version: int) -> None:
        """The key is the same for all objects of a file."""

    def encode(self, content: bytes | str) -> bytes:
        """Encrypt a string or a stream."""
        data = content.encode("latin-1") if isinstance(content, str) else content
        return self._seal.encrypted(data)

    def info(self) -> PDFObject:
        """The encryption dictionary, itself not encrypted."""
        return _Dictionary(self._seal.dictionary())


class _Dictionary(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    __RefOnly__ = 1

    def __init__(self, content: bytes) -> None:
        self._content = content

    def format(self, _document: object) -> bytes:
        return self._content
