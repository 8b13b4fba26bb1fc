"""Texts that people wrote or pasted, as paragraphs and lists."""

import re

from visitapp.reporting.blocks import Block, BulletList, ListItem, Paragraph, text

_BULLETS = "\u2022\u2023\u2043\u2219\u00b7\u25aa\u25ab\u25a0\u25b8\u25ba\u25cb\u25cf\u25e6\u26ab"
_OF_WORD = "\uf0a7\uf0b7\uf0d8"  # in the private area of its symbol fonts
_POINT = re.compile(f"(?:o\t|[-*\u2013\u2014]\\s|[{_BULLETS}{_OF_WORD}]\\s)\\s*")
"""What a point of a list begins with; programs for writing have many bullets."""
_WITHIN_A_LINE = re.compile("(?<=\\s)(?=[\u25aa\u25cf\u25a0\uf0a7\uf0b7\uf0d8]\\s)")
"""Where points that were pasted as one line are to be parted."""


def _parted(words: str) -> str:
    return _WITHIN_A_LINE.sub("\n", words)


def text_blocks(words: str, *, join_lines: bool = True) -> tuple[Block, ...]:
    """Plain text as blocks: blank lines part paragraphs, lines with a dash or a bullet are
    points, and so are the parts of a line that has bullets within. Lines of prose make one
    paragraph, or (not `join_lines`) one each."""
    blocks: list[Block] = []
    for part in words.replace("\r\n", "\n").split("\n\n"):
        prose: list[str] = []
        points: list[str] = []
        for line in filter(None, (line.strip() for line in _parted(part).splitlines())):
            if begun := _POINT.match(line):
                points.append(line[begun.end() :].strip())
            elif points:
                points[-1] += f" {line}"
            else:
                prose.append(line)
        paragraphs = [" ".join(prose)] if join_lines and prose else prose
        blocks += [Paragraph(text(one)) for one in paragraphs]
        if points:
            blocks.append(BulletList(tuple(ListItem(text(point)) for point in points)))
    return tuple(blocks)
