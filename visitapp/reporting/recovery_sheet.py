"""The recovery code on one page of paper: what it is for, the code, and where to keep it."""

from dataclasses import dataclass
from datetime import date
from io import BytesIO

from visitapp.domain.text.wording import long_date
from visitapp.reporting.blocks import (
    BulletList,
    Document,
    ListItem,
    Masthead,
    Paragraph,
    Section,
    Terms,
    text,
)
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.pictures import page_png

_PRINT_WIDTH_PX = 2480
"""A4 at 300 dots an inch."""


@dataclass(frozen=True, slots=True)
class RecoveryWords:
    """What the page says. The groups of `code` are separated by dashes."""

    file_name: str
    code: str
    made_on: date


def recovery_document(words: RecoveryWords) -> Document:
    """The page as blocks."""
    made_on = long_date(words.made_on)
    return Document(
        title="Recovery sheet",
        as_at=words.made_on,
        office="visitapp",
        head_left="Recovery sheet",
        head_right=made_on,
        sections=(
            Section("code", "Your recovery code", _code(words.code)),
            Section("use", "If you forget the passphrase", _use()),
            Section("keep", "Keep this sheet safe", _keep()),
        ),
        masthead=Masthead(
            office="visitapp",
            marking="Private: keep at home",
            title="Recovery sheet",
            subtitle=f"Opens the file {words.file_name}. Made on {made_on}.",
        ),
        subject="The recovery code of a file of records",
    )


def _code(code: str) -> tuple[Paragraph | Terms, ...]:
    numbered = tuple((f"Group {n}", group) for n, group in enumerate(code.split("-"), 1))
    return (
        Paragraph(text(code), "code"),
        Paragraph(
            text(
                "The same code, group by group. The program notices a slip: the end of the code "
                "checks the rest of it."
            )
        ),
        Terms(numbered),
    )


def _use() -> tuple[BulletList, ...]:
    return (
        _points(
            "Start visitapp and choose \u201cForgotten it? Use the recovery sheet\u201d.",
            "Type the code. Capitals, spaces and dashes don\u2019t matter. There is no letter O, "
            "I, L or U in it: what looks like one is a 0 or a 1.",
            "Choose a new passphrase when you are asked.",
        ),
    )


def _keep() -> tuple[BulletList, ...]:
    return (
        _points(
            "Keep it at home or in a safe, away from the computer. Anyone who has this sheet and "
            "the file can read the records.",
            "Without the passphrase or this code nobody can open the file, and neither can we.",
            "If you lose the sheet, or somebody sees it, make a new code under Settings, "
            "Passphrase. This one then stops working.",
        ),
    )


def _points(*sentences: str) -> BulletList:
    return BulletList(tuple(ListItem(text(sentence)) for sentence in sentences))


def recovery_pdf(words: RecoveryWords) -> bytes:
    """The page as tagged PDF."""
    pdf = BytesIO()
    render_pdf(recovery_document(words), pdf)
    return pdf.getvalue()


def recovery_picture(words: RecoveryWords) -> bytes:
    """The page as PNG, at a printer's resolution."""
    return page_png(recovery_pdf(words), 0, _PRINT_WIDTH_PX)
