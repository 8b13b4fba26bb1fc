"""A list as CSV, as text with tabs and as HTML: nothing in it is a formula."""

import csv
from datetime import date
from io import StringIO

import pytest

from visitapp.domain.records.list_sheet import ListSheet

DANGEROUS = ("=1+1", "+1", "-1", "@A1", "\t=1", "\tx", "\r=1", "\r\n=1", " =1", "|calc", "\uff1d1")


@pytest.mark.parametrize("words", DANGEROUS)
def test_no_cell_begins_like_a_formula(words: str) -> None:
    sheet = ListSheet("L", ("Words", words), ((words, -3),))
    for row in csv.reader(StringIO(sheet.as_csv().decode("utf-8-sig"))):
        assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    for line in sheet.as_text().split("\n"):
        assert not any(cell.startswith(("=", "+", "@", "|")) for cell in line.split("\t"))
    assert "<td>=" not in sheet.as_html()


def test_days_numbers_and_names_are_read_right() -> None:
    rows = (("Zo\u00eb <b>", date(2024, 3, 9), 1096, -3, None), ("two\nlines", None, 0, 1, "a,b"))
    sheet = ListSheet("L", ("Name", "Day", "Seen", "Change", "More"), rows)
    content = sheet.as_csv()
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert read[1] == ["Zo\u00eb <b>", "2024-03-09", "1096", "-3", ""]
    assert read[2] == ["two\nlines", "", "0", "1", "a,b"]
    assert sheet.as_text().split("\n")[2] == "two lines\t\t0\t1\ta,b"
    assert "<tr><td>Zo\u00eb &lt;b&gt;</td><td>2024-03-09</td>" in sheet.as_html()
    assert sheet.as_html().startswith("<table><tr><th>Name</th>")
