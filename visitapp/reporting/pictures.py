"""PDF pages and drawings as PNG, for the preview and for pictures made without a window."""

import struct
import warnings
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from visitapp.domain.errors import BadInputError

if TYPE_CHECKING:
    from PIL.Image import Image

CREST_SIZE = (472, 354)
"""The most pixels of a crest: 40 by 30 mm on the cover at 300 an inch."""
_MOST_PIXELS = 50_000_000
_BEFORE_TURNING = 4 * max(CREST_SIZE)
"""A large picture is first scaled down to so many pixels across."""


def page_count(pdf: bytes) -> int:
    """Number of pages."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        return len(document)


def sections_of(pdf: bytes) -> tuple[tuple[str, int], ...]:
    """(title, page) of each section, by the file's own bookmarks; pages count from 0."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        return tuple((mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc())


def page_text(pdf: bytes, page: int) -> str:
    """The words of a page (0 is the first), in the order they are drawn."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        words = document[page].get_textpage().get_text_bounded()
    return " ".join(str(words).split())


def page_png(pdf: bytes, page: int, width_px: int) -> bytes:
    """A page (0 is the first) as PNG, `width_px` wide. Raises BadInputError if there is no such
    page."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise BadInputError("This page does not exist.")
        sheet = document[page]
        # slightly less, since the renderer rounds up
        return _png(sheet, (width_px - 0.01) / sheet.get_width())


def drawing_png(drawing: Any, scale: float = 2.0) -> bytes:
    """A ReportLab drawing as PNG, with `scale` pixels a point."""
    from pypdfium2 import PdfDocument
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas

    pdf = BytesIO()
    canvas = Canvas(pdf, pagesize=(drawing.width, drawing.height), invariant=1)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    with PdfDocument(pdf.getvalue()) as document:
        return _png(document[0], scale)


def _png(sheet: Any, scale: float) -> bytes:
    picture = sheet.render(scale=scale).to_pil()
    out = BytesIO()
    picture.save(out, "PNG", dpi=(72 * scale, 72 * scale))
    return out.getvalue()


def crest_png(picture: bytes) -> bytes:
    """A PNG or JPEG as a PNG no larger than `CREST_SIZE`, with its transparency and without any
    other data of the file. Raises BadInputError for anything else."""
    from PIL import Image, UnidentifiedImageError

    too_large = BadInputError("That picture is too large. Choose a smaller one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about sizes, which are checked here
            upright = _upright(BytesIO(picture), too_large)
    except (Image.DecompressionBombError, MemoryError) as error:
        raise too_large from error
    except (UnidentifiedImageError, *_NO_PICTURE) as error:
        raise BadInputError("That is not a PNG or JPEG picture. Choose another file.") from error
    upright.thumbnail(CREST_SIZE)
    png = BytesIO()
    Image.frombytes("RGBA", upright.size, upright.tobytes()).save(png, "PNG", optimize=True)
    return png.getvalue()


_NO_PICTURE = (
    OSError, SyntaxError, ValueError, TypeError, ArithmeticError, LookupError, EOFError,
    struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises for files that are damaged or aren't pictures."""


def _upright(file: BytesIO, too_large: BadInputError) -> "Image":
    """A picture turned the right way up. Raises `too_large` before it is decoded."""
    from PIL import Image, ImageOps

    with Image.open(file, formats=("PNG", "JPEG")) as image:
        if image.width * image.height > _MOST_PIXELS:
            raise too_large
        if image.mode in ("RGB", "RGBA", "L", "CMYK") and max(image.size) > _BEFORE_TURNING:
            image.thumbnail((_BEFORE_TURNING, _BEFORE_TURNING))
        return ImageOps.exif_transpose(image).convert("RGBA")
