"""Text from other programs in documents: lists stay lists, and every sign prints or is named."""

import unicodedata
from dataclasses import replace

import pytest

from tests.reporting.published_year import published_year
from visitapp.reporting.annual.checks import checks
from visitapp.reporting.blocks import BulletList, Paragraph, plain
from visitapp.reporting.pdf.printable import INSTEAD, printable, unprintable
from visitapp.reporting.prose import text_blocks
from visitapp.reporting.style import FONT_FILES, ITALIC, SANS

PASTED = "follow\u2011up; \u25cf one \u25aa two; \uf0b7 three; \u2714 done; zero\u200bwidth"


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("follow\u2011up", "follow-up"),
        ("\u25cf one", "\u2022 one"),
        ("\u25aa \uf0b7", "\u2022 \u2022"),
        ("\u2714 \u2705 \u274c", "\u2713 \u2713 \u00d7"),
        ("zero\u200bwi\u00addth\ufeff", "zerowidth"),
        ("\u2003wide\u202f", " wide "),
        (unicodedata.normalize("NFD", "Se\u00e1n \u00d3 D"), "Se\u00e1n \u00d3 D"),
        ("\uff21\u2460", "A1"),
        ("\u0645\u0631\u062d\u0628\u0627 and \u4f60\u597d", f"{INSTEAD} and {INSTEAD}"),
        ("good \U0001f600\U0001f44d\ufe0f", f"good {INSTEAD}"),
        ("bell\x07", f"bell{INSTEAD}"),
        ("two\nlines\there", "two\nlines\there"),
        ("\u0141ucja, \u00a35 \u2013 \u2018ok\u2019", "\u0141ucja, \u00a35 \u2013 \u2018ok\u2019"),
    ],
)  # fmt: skip
def test_signs_are_printed_as_what_our_fonts_have(written: str, printed: str) -> None:
    for font in FONT_FILES:
        if font != ITALIC:
            assert printable(written, font) == printed


def test_what_is_printed_once_is_printed_the_same_again() -> None:
    once = printable(PASTED, SANS)
    assert printable(once, SANS) == once
    assert not unprintable([PASTED])


def test_lists_that_were_pasted_stay_lists() -> None:
    first, points = text_blocks(PASTED)
    assert isinstance(first, Paragraph)
    assert isinstance(points, BulletList)
    assert [plain(item.runs).strip("; ") for item in points.items][:2] == ["one", "two"]
    for bullet in ("\u2022\t", "\u00b7       ", "o\t", "\uf0a7 ", "- ", "\u2013 ", "* "):
        (found,) = text_blocks(f"{bullet}one\n{bullet}two")
        assert isinstance(found, BulletList)
        assert [plain(item.runs) for item in found.items] == ["one", "two"]
    (prose,) = text_blocks("o dear, a -3 and a - b")
    assert isinstance(prose, Paragraph)


def test_checked_names_the_signs_that_are_not_printed() -> None:
    year = published_year()
    said = [check.sentence for check in checks(year, ())]
    assert not any("characters" in sentence for sentence in said)
    texts = {**year.texts, "volunteers": "Thanks \u4f60\u597d \U0001f600 and \u25cf \u0645"}
    said = [check.sentence for check in checks(replace(year, texts=texts), ())]
    assert any(
        "These characters can\u2019t be printed: \u4f60 \u597d \U0001f600 \u0645." in sentence
        for sentence in said
    )
