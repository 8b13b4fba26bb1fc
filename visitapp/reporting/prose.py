"""Texts that people wrote or pasted, as paragraphs and lists."""

from visitapp.domain.text.pasted import lead_and_points, parts
from visitapp.reporting.blocks import Block, BulletList, ListItem, Paragraph, Run, text


def text_blocks(words: str, *, join_lines: bool = True) -> tuple[Block, ...]:
    """Plain text as blocks: blank lines separate paragraphs; lines with a dash or a bullet are
    items, and so are the parts of a line that contains bullets. Lines of prose are joined to one
    paragraph or, with `join_lines` False, are one each."""
    blocks: list[Block] = []
    for prose, points in parts(words):
        paragraphs = [" ".join(prose)] if join_lines and prose else prose
        blocks += [Paragraph(text(paragraph)) for paragraph in paragraphs]
        if points:
            blocks.append(BulletList(tuple(ListItem(text(point)) for point in points)))
    return tuple(blocks)


def item_of(name: str, words: str, *more: str) -> ListItem:
    """`Name: words` with the name in bold, as an item of a list; a list within the words becomes
    its own items. `more` are sentences after the words."""
    lead, points = lead_and_points(words)
    if lead and not points and lead[-1] not in ".!?\u2026\u201d":
        lead = f"{lead}."
    sentences = " ".join(filter(None, (lead, *more)))
    return ListItem(
        (Run(f"{name}: ", bold=True), Run(sentences)), tuple(ListItem(text(p)) for p in points)
    )
