"""PDF pages and drawings as PNG: for the preview, and for pictures that need no window."""

from io import BytesIO
from typing import Any

from visitapp.domain.errors import BadInputError


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
    """The words of a page (0 the first), in the order in which they are drawn."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        words = document[page].get_textpage().get_text_bounded()
    return " ".join(str(words).split())


def page_png(pdf: bytes, page: int, width_px: int) -> bytes:
    """A page (0 the first) as PNG, `width_px` wide. Raises BadInputError for no such page."""
    from pypdfium2 import PdfDocument

    with PdfDocument(pdf) as document:
        if not 0 <= page < len(document):
            raise BadInputError("There is no such page.")
        sheet = document[page]
        # a hair less, for the renderer rounds up
        return _png(sheet, (width_px - 0.01) / sheet.get_width())


def drawing_png(drawing: Any, scale: float = 2.0) -> bytes:
    """A ReportLab drawing as PNG, `scale` pixels a point."""
    from pypdfium2 import PdfDocument
    from reportlab.graphics import renderPDF
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, pagesize=(drawing.width, drawing.height), invariant=1)
    renderPDF.draw(drawing, canvas, 0, 0)
    canvas.showPage()
    canvas.save()
    with PdfDocument(made.getvalue()) as document:
        return _png(document[0], scale)


def _png(sheet: Any, scale: float) -> bytes:
    picture = sheet.render(scale=scale).to_pil()
    out = BytesIO()
    picture.save(out, "PNG", dpi=(72 * scale, 72 * scale))
    return out.getvalue()
