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
        (
            "<table><tr><td><p>a</p></td><td><p>b</p><p>c</p></td></tr>"
            "<tr><td><div>d</div></td><td></td></tr></table><p>e</p>",
            "a | b\n\nc\nd |\n\ne",
        ),
        ("<p>We made <del>ten</del><ins>12</ins> visits</p>", "We made 12 visits"),
        (
            "<p>Text<span><a class=msocomanchor href='#_msocom_1'>[JS1]</a></span></p>"
            "<div style='mso-element:comment-list'><p><a class=msocomoff>[JS1]</a>Ask Jo</p></div>",
            "Text",
        ),
        (
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.1<i>&nbsp;</i></span>a"
            "<p style='mso-list:l0 level1'><span style='mso-list:Ignore'>1.2</span>b"
            "<h2 style='mso-list:l0 level1'><span style='mso-list:Ignore'>2.</span>c</h2>",
            "1.1 a\n\n1.2 b\n\n2. c",
        ),
        ("<pre>a\n\nb</pre><div style='white-space: pre-wrap'>c\nd</div>", "a\n\nb\n\nc\nd"),
        ("<p>a<b>, then b (</b>c)", "a, **then b** (c)"),
        ("<ol><li>a</ol><ul><li>b<ul><li>c</ul></ul>", "1. a\n\n- b\n  - c"),
    ],
)
def test_odd_html_gives_its_words(html: str, text: str) -> None:
    assert written(html) == text
