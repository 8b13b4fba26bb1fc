"""The report's fonts, embedded in every document."""

from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from visitapp.reporting.style import FONT_FILES

FONT_FOLDER = Path(__file__).resolve().parents[3] / "resources" / "fonts" / "report"


def register_fonts() -> None:
    """Make the fonts known to ReportLab; once is enough."""
    known = set(pdfmetrics.getRegisteredFontNames())
    for name, file_name in FONT_FILES.items():
        if name not in known:
            pdfmetrics.registerFont(TTFont(name, str(FONT_FOLDER / file_name)))
