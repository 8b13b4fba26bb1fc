"""What comes from elsewhere, in sheets and in the names of files."""

import pytest

from visitapp.domain.text.shown import harmless_in_a_sheet, in_a_file_name


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\n=1", "\uff1d1", "|cmd", "%x"],
)
def test_no_text_is_taken_for_a_formula(text):
    assert harmless_in_a_sheet(text).startswith("'")


def test_what_a_spreadsheet_skips_before_a_formula_is_a_mark():
    assert harmless_in_a_sheet("\r=1") == "\ufffd=1"
    assert harmless_in_a_sheet("\u200b=1") == "\ufffd=1"


def test_an_ordinary_text_stays_as_it_is():
    assert harmless_in_a_sheet("Northgate, cell 4 = cold") == "Northgate, cell 4 = cold"
    assert harmless_in_a_sheet("") == ""


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Northgate", "Northgate"),
        ("Ch\u00e2teau & Co.", "Ch\u00e2teau-Co"),
        ("../../etc/passwd", "etc-passwd"),
        ("=cmd|' /C calc'!A1", "cmd-C-calc-A1"),
        ("a\u202efdp.exe", "a-fdp-exe"),
        ("-rf", "rf"),
        ("\x1b[2J", "2J"),
        ("...", "site"),
        ("con.", "con"),
        ("x" * 300, "x" * 80),
    ],
)
def test_a_name_in_a_file_name_is_letters_and_hyphens(name, file):
    assert in_a_file_name(name, "site") == file
