"""The words of a PDF, read by another program than the one that wrote it."""

from pathlib import Path

from pypdfium2 import PdfDocument


def pdf_text(path: Path) -> str:
    """All words in the order of the file, one space between them."""
    document = PdfDocument(path)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())
