"""The styles of a Word document: Word's own, in the colours of the documents on paper."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from visitapp.reporting.style import BLUE, DEEP, INK, INK2, STRIP_FILL, STRIP_TEXT
from visitapp.reporting.word.parts import shade, xml

_SANS, _SERIF = "Calibri", "Cambria"
_OWN = {
    "Lead": (_SERIF, 14, INK),
    "Note": (_SANS, 10.5, INK2),
    "Key figure": (_SERIF, 26, BLUE),
    "Key figure label": (_SANS, 12, INK),
    "Notice": (_SANS, 11, STRIP_TEXT),
    "Table text": (_SANS, 11, INK),
    "Term": (_SANS, 12, INK),
}
_BUILT_IN = {
    "Normal": (_SANS, 12, INK),
    "Title": (_SERIF, 32, DEEP),
    "Subtitle": (_SERIF, 18, DEEP),
    "Heading 1": (_SERIF, 22, DEEP),
    "Heading 2": (_SANS, 14, INK),
    "Caption": (_SANS, 10.5, INK2),
    "Quote": (_SERIF, 13, INK),
}


_LISTS, _LINK = ("List Bullet", "List Bullet 2"), "Hyperlink"
_NUMBERS = ("List Number", "List Number 2")
_HEADINGS = ("Heading 1", "Heading 2")
_BOLD = ("Notice", "Term", "Key figure label")


def rgb(color: str) -> RGBColor:
    """A colour of `#RRGGBB`."""
    return RGBColor.from_string(color.lstrip("#"))


def prepare(word: Any, language: str, *, own: bool = True) -> tuple[dict[str, str], bool]:
    """A4, the language, and the styles; Word's own headings stay headings. Unless the look is our
    `own`, page and styles stay as they are in the office's file, and what it lacks is added.

    Returns the ids that paragraphs are written with, by the name of the style, and whether bullets
    have to be written, since the file has no style for lists.
    """
    styles = word.styles
    there = {style.name for style in styles}
    names = {name: name.replace(" ", "") for name in (*_OWN, *_BUILT_IN, *_LISTS, *_NUMBERS, _LINK)}
    if not own:
        for name in names.keys() - there:
            kind = WD_STYLE_TYPE.CHARACTER if name == _LINK else WD_STYLE_TYPE.PARAGRAPH
            added = styles.add_style(name, kind, builtin=name not in _OWN)
            if name != _LINK:
                added.base_style = styles["Normal"]
                added.font.size = Pt({**_BUILT_IN, **_OWN}.get(name, ("", 11, ""))[1])
                added.font.bold = name in (*_BOLD, *_HEADINGS) or None
        return names, not there.issuperset(_LISTS)
    _set_own(word, language)
    return names, False


def _set_own(word: Any, language: str) -> None:
    page = word.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(20)
    page.top_margin = page.bottom_margin = Mm(20)
    styles = word.styles
    for language_mark in styles.element.iter(f"{{{styles.element.nsmap['w']}}}lang"):
        for key in language_mark.attrib:
            language_mark.set(key, language)
    for name in _OWN:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name, (font, size, color) in {**_BUILT_IN, **_OWN}.items():
        _set_font(styles[name], font, size, color)
    link = styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = rgb(BLUE), True
    styles["Heading 1"].paragraph_format.page_break_before = True
    for name in ("Key figure", "Term", "Caption"):
        styles[name].paragraph_format.keep_with_next = True
    for name, before, after in (
        ("Key figure", 4, 0),
        ("Key figure label", 0, 4),
        ("Table text", 2, 2),
        ("Term", 6, 0),
    ):
        room = styles[name].paragraph_format
        room.space_before, room.space_after = Pt(before), Pt(after)
    styles["Table text"].paragraph_format.line_spacing = 1.0
    styles["Notice"].element.get_or_add_pPr().append(shade(STRIP_FILL))
    for name in _BOLD:
        styles[name].font.bold = True


def _set_font(style: Any, font: str, size: float, color: str) -> None:
    style.font.name, style.font.size, style.font.color.rgb = font, Pt(size), rgb(color)
    style.font.italic = False
    fonts = style.element.rPr.rFonts
    for key in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{key}"), None)  # it would be preferred to the font named
    fonts.attrib.update(xml("rFonts", ascii=font, hAnsi=font, cs=font).attrib)
