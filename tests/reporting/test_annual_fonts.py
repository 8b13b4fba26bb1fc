"""Fonts of the report: embedded, readable by machines, none of the standard fourteen."""

import io
import re

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from tests.reporting import documents

each = pytest.mark.parametrize("name", documents.NAMES)
_SYMBOLIC, _NONSYMBOLIC = 4, 32


def _fonts(name: str) -> list[pikepdf.Object]:
    file = documents.tagged(name)
    return [found for found in file.pdf.objects if _is(found, "/Font")]


def _is(found: pikepdf.Object, kind: str) -> bool:
    return isinstance(found, pikepdf.Dictionary) and found.get("/Type") == kind


@each
def test_no_font_is_left_to_the_reader(name: str) -> None:
    fonts = _fonts(name)
    assert fonts
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.FontDescriptor
        assert re.match(r"/[A-Z]{6}\+Source", str(font.BaseFont))
    for word in (b"Helvetica", b"Times-", b"Courier", b"ZapfDingbats"):
        assert word not in documents.pdf(name)


@each
def test_every_letter_has_its_glyph_its_width_and_its_meaning(name: str) -> None:
    file = documents.tagged(name)
    used: dict[str, set[int]] = {}
    for page in file.pages:
        for font, codes in page.fonts.items():
            used.setdefault(font, set()).update(codes)
    for font_name, codes in used.items():
        font = file.fonts[font_name]
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        (table,) = program["cmap"].tables
        first, scale = int(font.FirstChar), 1000 / program["head"].unitsPerEm
        for code in codes:
            glyph = table.cmap.get(code, ".notdef")
            assert glyph != ".notdef", (font_name, code)
            width = float(font.Widths[code - first])
            assert width == pytest.approx(program["hmtx"][glyph][0] * scale, abs=1)


@each
def test_symbolic_fonts_have_one_table_of_codes_and_no_encoding(name: str) -> None:
    for font in _fonts(name):
        flags = int(font.FontDescriptor.Flags)
        assert flags & _SYMBOLIC
        assert not flags & _NONSYMBOLIC
        assert "/Encoding" not in font
        program = TTFont(io.BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        assert len(program["cmap"].tables) == 1


def test_ligatures_stay_letters() -> None:
    for name in documents.NAMES:
        said = documents.tagged(name).outline()
        assert not re.search("[\ufb00-\ufb06]", said)
        assert "\x00" not in said
