"""The report's fonts, embedded in every document."""

from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from visitapp.reporting.style import FONT_FILES

FONT_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts" / "report"


def register_fonts() -> None:
    """Register the fonts with ReportLab; once is enough."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file_name in FONT_FILES.items():
        if name not in known:
            font = TTFont(name, str(FONT_FOLDER / file_name))
            _prefer_written_letters(font)
            pdfmetrics.registerFont(font)


def _prefer_written_letters(font: Any) -> None:
    """If a glyph stands for several characters, prefer the one people type.

    Shaped text is turned back from glyphs into characters, and ReportLab takes the first. Without
    this an apostrophe would become a phonetic letter that no search finds.
    """
    for letters in font.face.glyphToChar.values():
        letters.sort(key=_rank)


def _rank(letter: int) -> tuple[bool, int]:
    try:
        chr(letter).encode("cp1252")
    except UnicodeEncodeError:
        return True, letter
    return False, letter
