"""Pictures that people choose as a crest."""

import struct
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from visitapp.domain.errors import BadInputError
from visitapp.reporting.pictures import CREST_SIZE, crest_png


def _drawn(width, height, form="PNG", **how):
    made = BytesIO()
    Image.new("RGB", (width, height), (200, 30, 40)).save(made, form, **how)
    return made.getvalue()


@given(
    width=st.integers(1, 1200), height=st.integers(1, 1200), form=st.sampled_from(("PNG", "JPEG"))
)
def test_a_picture_of_any_size_fits_its_place_and_a_small_one_stays(width, height, form):
    with Image.open(BytesIO(crest_png(_drawn(width, height, form)))) as kept:
        assert kept.format == "PNG"
        assert kept.width <= CREST_SIZE[0]
        assert kept.height <= CREST_SIZE[1]
        if width <= CREST_SIZE[0] and height <= CREST_SIZE[1]:
            assert kept.size == (width, height)


def test_where_and_when_a_photograph_was_taken_is_not_kept():
    told = Image.Exif()
    told[0x0110] = "Camera of somebody"  # model
    told[0x0112] = 6  # turned by a quarter
    kept = crest_png(_drawn(60, 20, "JPEG", exif=told))
    assert b"Camera" not in kept
    with Image.open(BytesIO(kept)) as picture:
        assert picture.size == (20, 60)
        assert not picture.getexif()


@pytest.mark.parametrize(
    "file", [b"", b"%PDF-1.7", _drawn(9, 9)[:40], _drawn(9, 9, "GIF")], ids=str
)
def test_what_is_no_png_or_jpeg_is_refused_in_a_sentence(file):
    with pytest.raises(BadInputError, match="not a PNG or JPEG picture"):
        crest_png(file)


def _png_that_says(width, height):
    """A small file that says it is a large picture."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", b"") + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8_000, 8_000), (13_400, 13_400), (65_000, 65_000)])
def test_a_picture_of_too_many_pixels_is_refused_before_it_is_unpacked(size):
    with pytest.raises(BadInputError, match="too large"):
        crest_png(_png_that_says(*size))


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_large_picture_is_brought_down_whichever_way_it_is_turned(form):
    told = Image.Exif()
    told[0x0112] = 6
    with Image.open(BytesIO(crest_png(_drawn(4_000, 2_000, form, exif=told)))) as kept:
        assert kept.size == (177, 354)
