"""Reads the parts of a workbook: its list of sheets, formats and shared texts.

A workbook is a ZIP archive of XML files. Each part is read piece by piece, within limits. Names are
compared without their namespace, so that Strict Open XML is read like the usual kind.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO
from xml.parsers import expat

from visitapp.domain.errors import BadInputError
from visitapp.exchange import limits

_PIECE = 64 * 1024
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
Attributes = Mapping[str, str]


class HostileError(Exception):
    """The file contains something harmful that no spreadsheet program writes."""


class TooLargeError(Exception):
    """Something in the file exceeds its limit; the message continues after the file's name."""


class NoWorkbookError(Exception):
    """The file is damaged or isn't a workbook."""


class CappedFile:
    """A file read in pieces of a sensible size, whatever size it claims to have."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        """Raises TooLargeError."""
        most = limits.LARGEST_TABLE_OF_PARTS
        if size > most:
            raise TooLargeError("has too many parts to be a workbook. Save it again as XLSX.")
        content = self._file.read(most + 1 if size < 0 else size)
        if len(content) > most:
            raise TooLargeError("has too many parts to be a workbook. Save it again as XLSX.")
        return content


def local_name(name: str) -> str:
    """A name of XML without its prefix."""
    return name.rpartition(":")[2]


def unescaped(text: str) -> str:
    """A text of a workbook, in which `_x000D_` is a character that XML can't contain."""
    return _ESCAPED.sub(_character, text) if "_x" in text else text


def _character(match: re.Match[str]) -> str:
    number = int(match[1], 16)
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


class WorkbookPart:
    """Reads one part of a workbook, calling back at the beginning and end of each element.

    `began` gets an element's name and attributes; `ended` its name and, if `wants_text` was true,
    its text.
    """

    def __init__(self, archive: zipfile.ZipFile, name: str, most: int) -> None:
        """Raises NoWorkbookError, TooLargeError."""
        try:
            info = archive.getinfo(name)
        except KeyError:
            raise NoWorkbookError(name) from None
        must_unpack_sensibly(info, most)
        self._archive, self._info = archive, info
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse_declarations
        self._parser.EntityDeclHandler = _refuse_declarations
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._take
        self._texts: list[str] = []
        self._length = 0
        self._depth = 0
        self.wants_text = False
        self.began: Callable[[str, Attributes], None] = lambda _name, _attributes: None
        self.ended: Callable[[str], None] = lambda _name: None

    def pieces(self) -> Iterator[None]:
        """Read piece by piece, pausing after each, so that the caller can use it at once."""
        fed = 0
        with self._archive.open(self._info) as file:
            while piece := file.read(_PIECE):
                self._parser.Parse(piece, False)
                fed += len(piece)
                if fed - self._parser.CurrentByteIndex > limits.LONGEST_TAG:
                    raise HostileError
                yield
        self._parser.Parse(b"", True)
        yield

    def read(self) -> None:
        """Read the whole part."""
        for _ in self.pieces():
            pass

    def taken(self) -> str:
        """The text since it was requested; stops collecting it."""
        self.wants_text = False
        text = "".join(self._texts)
        self._texts.clear()
        self._length = 0
        return text

    def _begin(self, name: str, attributes: Attributes) -> None:
        self._depth += 1
        if self._depth > limits.DEEPEST:
            raise HostileError
        self.began(name.rpartition(":")[2], attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.ended(name.rpartition(":")[2])

    def _take(self, text: str) -> None:
        if self.wants_text:
            self._length += len(text)
            if self._length > limits.LONGEST_TEXT:
                raise TooLargeError(
                    f"has a cell with more than {limits.LONGEST_TEXT:,} letters. Shorten it."
                )
            self._texts.append(text)


def _refuse_declarations(*_what: object) -> None:
    raise HostileError


def must_unpack_sensibly(info: zipfile.ZipInfo, most: int) -> None:
    """Raises TooLargeError for a part that is too large, HostileError for one that can't belong to
    a spreadsheet."""
    if info.compress_type not in _PACKED or info.flag_bits & 1:
        raise NoWorkbookError(info.filename)
    if info.file_size > most:
        raise TooLargeError("is too large when unpacked. Import it in parts.")
    packed = max(1, info.compress_size)
    if info.file_size > limits.LARGE_PART and info.file_size > limits.USUAL_PACKING * packed:
        raise TooLargeError("is too large when unpacked. Import it in parts.")


@dataclass(frozen=True, slots=True)
class WorkbookContents:
    """The parts of a workbook. `sheets` are (title, part) in order; `formats` are number formats by
    cell style; `strings` is the part with shared texts, or ""."""

    sheets: tuple[tuple[str, str], ...]
    days_from_1904: bool
    formats: tuple[str, ...]
    strings: str


def contents(archive: zipfile.ZipFile) -> WorkbookContents:
    """Read it. Raises NoWorkbookError, HostileError, TooLargeError."""
    start = _targets(archive, "")
    book = next((part for kind, part in start.values() if kind == "officeDocument"), "")
    targets = _targets(archive, book)
    sheets: list[tuple[str, str]] = []
    from_1904 = False

    def began(name: str, attributes: Attributes) -> None:
        nonlocal from_1904
        if name == "workbookPr":
            from_1904 = attributes.get("date1904", "") in {"1", "true"}
        elif name == "sheet":
            reference = next((v for n, v in attributes.items() if local_name(n) == "id"), "")
            kind, part = targets.get(reference, ("", ""))
            if kind == "worksheet":
                sheets.append((attributes.get("name", ""), part))
            if len(sheets) > limits.MOST_SHEETS:
                raise TooLargeError(f"has more than {limits.MOST_SHEETS:,} sheets.")

    part = WorkbookPart(archive, book, limits.LARGEST_SMALL_PART)
    part.began = began
    part.read()
    by_kind = dict(targets.values())
    styles = by_kind.get("styles", "")
    return WorkbookContents(
        tuple(sheets),
        from_1904,
        _formats(archive, styles) if styles else (),
        by_kind.get("sharedStrings", ""),
    )


def _targets(archive: zipfile.ZipFile, of: str) -> dict[str, tuple[str, str]]:
    """The kind and name of each part that a part refers to."""
    folder, name = posixpath.split(of)
    targets: dict[str, tuple[str, str]] = {}

    def began(element: str, attributes: Attributes) -> None:
        if element == "Relationship":
            target = attributes.get("Target", "")
            absolute = target if target.startswith("/") else posixpath.join("/", folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            targets[attributes.get("Id", "")] = kind, posixpath.normpath(absolute).lstrip("/")

    part = WorkbookPart(
        archive, posixpath.join(folder, "_rels", f"{name}.rels"), limits.LARGEST_SMALL_PART
    )
    part.began = began
    part.read()
    return targets


def _formats(archive: zipfile.ZipFile, styles: str) -> tuple[str, ...]:
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    own: dict[str, str] = {}
    used: list[str] = []
    in_cells = False

    def began(name: str, attributes: Attributes) -> None:
        nonlocal in_cells
        if name == "numFmt":
            own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")[:255]
        elif name == "cellXfs":
            in_cells = True
        elif name == "xf" and in_cells:
            used.append(attributes.get("numFmtId", "0"))

    def ended(name: str) -> None:
        nonlocal in_cells
        in_cells = in_cells and name != "cellXfs"

    part = WorkbookPart(archive, styles, limits.LARGEST_SMALL_PART)
    part.began, part.ended = began, ended
    part.read()
    usual = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    known = {**usual, **own}
    return tuple(known.get(number, "General") for number in used)


def shared_strings(archive: zipfile.ZipFile, name: str) -> Sequence[str]:
    """The texts that cells refer to by number from 0, without phonetic readings (as in Japanese).
    Raises NoWorkbookError, HostileError, TooLargeError."""
    return _SharedStrings(WorkbookPart(archive, name, limits.LARGEST_UNPACKED)).read()


class _SharedStrings:
    """Collects the shared texts, joining those that consist of pieces with different formatting."""

    def __init__(self, part: WorkbookPart) -> None:
        self._part = part
        part.began, part.ended = self._began, self._ended
        self._texts_found: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._is_beside = False

    def read(self) -> list[str]:
        self._part.read()
        return self._texts_found

    def _began(self, element: str, _attributes: Attributes) -> None:
        if element == "rPh":
            self._is_beside = True
        elif element == "t":
            self._part.wants_text = not self._is_beside

    def _ended(self, element: str) -> None:
        if element == "t" and not self._is_beside:
            self._pieces.append(self._part.taken())
            self._length += len(self._pieces[-1])
            if self._length > limits.LONGEST_TEXT:
                raise TooLargeError(f"has a text of more than {limits.LONGEST_TEXT:,} letters.")
        elif element == "rPh":
            self._is_beside = False
        elif element == "si":
            self._texts_found.append(unescaped("".join(self._pieces)))
            self._pieces.clear()
            self._length = 0
            if len(self._texts_found) > limits.MOST_STRINGS:
                raise TooLargeError(
                    "contains more text than an import can take. Import it in parts."
                )


def must_be_readable(error: Exception, name: str) -> BadInputError:
    """The error to raise for a workbook that can't be read."""
    if isinstance(error, TooLargeError):
        return BadInputError(f"{name} {error}")
    if isinstance(error, HostileError):
        return BadInputError(
            f"{name} contains instructions that no spreadsheet needs and that can do harm, so "
            "it is not read."
        )
    return BadInputError(
        f"{name} can't be read as a workbook. Open it in the spreadsheet program and save it "
        "again as XLSX."
    )
