"""What word processors, browsers and Google Docs put on the clipboard, as a text of the year."""

from pathlib import Path

import pytest

from visitapp.domain.text.pasted_html import written

CLIPBOARD = Path(__file__).parents[2] / "data" / "clipboard"


@pytest.mark.parametrize("program", ["word", "libreoffice", "google_docs", "browser"])
def test_lists_and_bold_words_stay_and_no_other_word_is_lost(program: str) -> None:
    html = (CLIPBOARD / f"{program}.html").read_text(encoding="utf-8")
    assert f"{written(html)}\n" == (CLIPBOARD / f"{program}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("<p>broken <b>html", "broken **html**"),
        ("</ul></p>text<ul><li>", "text"),
        ("<![if !vml]>kept<![endif]>", "kept"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a | b\nc"),
        ("<p>f&amp;**k** &lt;x&gt;</p>", r"f&\**k\** <x>"),
        ("<ol><li>a</ol><ul><li>b<ul><li>c</ul></ul>", "1. a\n\n- b\n  - c"),
    ],
)
def test_odd_html_gives_its_words(html: str, text: str) -> None:
    assert written(html) == text
