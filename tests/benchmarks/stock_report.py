"""Baseline: a report laid out once by stock ReportLab, untagged. Imports nothing of visitapp.

python stock_report.py CONTENT.json ROUNDS [OUT.pdf]
"""

import json
import sys
import time
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

ALIGN = {"left": TA_LEFT, "center": TA_CENTER, "right": TA_RIGHT}
HAIR, INK, INK2 = HexColor("#CFD3D8"), HexColor("#1B1F24"), HexColor("#464C54")


def styles_of(content):
    return {
        name: ParagraphStyle(
            name, fontName=font, fontSize=size, leading=leading, textColor=HexColor(colour),
            leftIndent=indent, spaceBefore=before, spaceAfter=after, keepWithNext=with_next,
        )
        for name, (font, size, leading, colour, indent, before, after, with_next)
        in content["styles"].items()
    }  # fmt: skip


def build(content, out):
    for name, path in content["fonts"].items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, path))
    styles = styles_of(content)
    full, rail, indent = content["widths"]
    left, right, office = content["head"]

    def page(canvas, document):
        canvas.saveState()
        canvas.setFillColor(INK2)
        canvas.setFont("ReportSans", 9.5)
        canvas.drawString(20 * mm, 280 * mm, left)
        canvas.drawRightString(190 * mm, 280 * mm, right)
        canvas.setStrokeColor(HAIR)
        canvas.line(20 * mm, 15.5 * mm, 190 * mm, 15.5 * mm)
        canvas.drawString(20 * mm, 11 * mm, office)
        canvas.drawRightString(190 * mm, 11 * mm, str(canvas.getPageNumber()))
        canvas.restoreState()

    def cover(canvas, document):
        canvas.saveState()
        canvas.setFillColor(HexColor(content["cover"]["deep"]))
        canvas.rect(0, 101 * mm, content["cover"]["width"], 196 * mm, stroke=0, fill=1)
        for x, y, width, height, colour in content["cover"]["boxes"]:
            if colour:
                canvas.setFillColor(HexColor(colour))
            canvas.rect(x, y, width, height, stroke=not colour, fill=bool(colour))
        canvas.restoreState()

    document = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=20 * mm, rightMargin=20 * mm, topMargin=27 * mm,
        bottomMargin=22 * mm, title=left, author=office,
    )  # fmt: skip
    story = [Paragraph(escape(text), styles[style]) for text, style in content["cover"]["texts"]]
    story += [flowables(item, styles, full, rail, indent) for item in content["flow"]]
    document.build(story, onFirstPage=cover, onLaterPages=page)


def flowables(item, styles, full, rail, indent):
    kind = item[0]
    if kind == "break":
        return PageBreak()
    if kind in ("words", "point"):
        return words(item, styles, indent)
    if kind == "table":
        return table(item)
    if kind in ("drawing", "key"):
        return drawing(item) if kind == "drawing" else key(item, full)
    return boxes(item, styles, full, rail, indent)


def words(item, styles, indent):
    if item[0] == "words":
        return Paragraph(escape(item[1]), styles[item[2]])
    style = ParagraphStyle("point", parent=styles["body"], leftIndent=indent + 15,
                           bulletIndent=indent + 3)  # fmt: skip
    return Paragraph(escape(item[1]), style, bulletText="\u2022")


def boxes(item, styles, full, rail, indent):
    """What stands side by side, as tables."""
    kind = item[0]
    if kind == "beside":
        stacks = [stack(words, styles) for words in item[1:]]
        return Table([stacks], colWidths=[indent, full - indent], style=[TOP])
    if kind == "thirds":
        stacks = [stack(words, styles) for words in item[1]]
        return Table([stacks], colWidths=[full / 3] * len(stacks), style=[TOP])
    if kind == "strip":
        style = [("BACKGROUND", (0, 0), (-1, -1), HexColor("#FCEFD3"))]
        cell = Paragraph(escape(item[1]), styles["strip"])
        return Table([[cell]], colWidths=[full], style=style)
    if kind == "terms":
        rows = [[Paragraph(escape(a), styles["term"]), Paragraph(escape(b), styles["meaning"])]
                for a, b in item[1]]  # fmt: skip
        return Table(rows, colWidths=[indent, full - indent],
                     style=[TOP, ("LINEBELOW", (0, 0), (-1, -1), 0.4, HAIR)])  # fmt: skip
    rows = [[Paragraph(escape(title), styles["contents"]), page] for title, page in item[1]]
    return Table(rows, colWidths=[full - 30, 30],
                 style=[("FONT", (0, 0), (-1, -1), "ReportSans", 12)])  # fmt: skip


def stack(parts, styles):
    return [
        Paragraph(escape(text), ParagraphStyle("in", parent=styles[style], leftIndent=0))
        for _, text, style in parts
        if text
    ]


def key(item, full):
    shown = Drawing(full, 16)
    for at, (colour, label) in enumerate(item[1]):
        shown.add(Rect(at * 80, 1, 25, 14, fillColor=HexColor(colour), strokeColor=None))
        shown.add(String(at * 80 + 30, 4, label, fontName="ReportSans", fontSize=10.5))
    return shown


TOP = ("VALIGN", (0, 0), (-1, -1), "TOP")


def table(item):
    _, head, rows, total, widths, aligns, tints = item
    font, bold = "ReportSans", "ReportSans-Semibold"
    looks = {
        align: ParagraphStyle(
            "cell", fontName=font, fontSize=11, leading=14, alignment=ALIGN[align]
        )
        for align in ("left", "center", "right")
    }
    heads = {
        align: ParagraphStyle("head", fontName=bold, fontSize=10.5, leading=13,
                              alignment=ALIGN[align])
        for align in ("left", "center", "right")
    }  # fmt: skip

    def cells(row, chosen):
        # Only what may need more than one line has to be a paragraph.
        return [
            text if len(text) < 9 else Paragraph(escape(text), chosen[align])
            for text, align in zip(row, aligns, strict=True)
        ]

    lines = [cells(head, heads), *(cells(row, looks) for row in rows)]
    commands = [
        ("FONT", (0, 0), (-1, -1), font, 11, 14), ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LEFTPADDING", (0, 0), (0, -1), 0), ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, INK), ("LINEBELOW", (0, 1), (-1, -1), 0.4, HAIR),
    ]  # fmt: skip
    for column, row, colour, filled in tints:
        cell = (column, row)
        commands.append(
            ("BACKGROUND", cell, cell, HexColor(colour))
            if filled
            else ("BOX", cell, cell, 1.8, HexColor(colour))
        )
    if total:
        lines.append(cells(total, heads))
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.9, INK))
    return Table(lines, colWidths=widths, repeatRows=1, style=commands)


def drawing(item):
    _, width, height, shapes = item
    shown = Drawing(width, height)
    for kind, *values in shapes:
        if kind == "rect":
            x, y, wide, high, fill, stroke, line = values
            shown.add(Rect(x, y, wide, high, fillColor=fill and HexColor(fill),
                           strokeColor=stroke and HexColor(stroke), strokeWidth=line))  # fmt: skip
        elif kind == "line":
            x1, y1, x2, y2, stroke, line = values
            shown.add(Line(x1, y1, x2, y2, strokeColor=HexColor(stroke), strokeWidth=line))
        elif kind == "string":
            x, y, text, font, size, ink, anchor = values
            shown.add(String(x, y, text, fontName=font, fontSize=size, fillColor=HexColor(ink),
                             textAnchor=anchor))  # fmt: skip
        else:
            shown.add(Circle(*values))
    return shown


def main():
    content = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    times = []
    for _ in range(int(sys.argv[2])):
        out = BytesIO()
        began = time.process_time()
        build(content, out)
        times.append(time.process_time() - began)
    if len(sys.argv) > 3:
        Path(sys.argv[3]).write_bytes(out.getvalue())
    print(json.dumps(times))


if __name__ == "__main__":
    main()
