"""Texts that people wrote or pasted, as paragraphs and lists."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from visitapp.domain.text.bold_words import stretches
from visitapp.domain.text.pasted import Point, lead_and_points, parts
from visitapp.reporting.blocks import Block, BulletList, ListItem, Paragraph, Run, Text, text


def text_blocks(words: str, *, join_lines: bool = True, wide: bool = False) -> tuple[Block, ...]:
    """A text as blocks: blank lines separate paragraphs; lines with a dash, a bullet or numbers
    from 1 on are items, and so are the parts of a line that contains bullets. `**Words**` between
    stars are bold. Lines of prose are joined to one paragraph or, with `join_lines` False, are one
    each. `wide`: over the full width."""
    blocks: list[Block] = []
    for prose, points in parts(words, in_full=True):
        paragraphs = [" ".join(prose)] if join_lines and prose else prose
        blocks += [Paragraph(_runs(paragraph), wide=wide) for paragraph in paragraphs]
        blocks += _lists(points, wide=wide)
    return tuple(blocks)


def _lists(points: Iterable[Point], *, wide: bool) -> Iterator[BulletList]:
    items: list[ListItem] = []
    numbered = False
    for point in points:
        item = ListItem(_runs(point.words))
        if point.below and items:
            items[-1] = _with_below(items[-1], item, numbered=point.is_numbered)
            continue
        if items and point.is_numbered != numbered:
            yield BulletList(tuple(items), wide, numbered)
            items = []
        numbered = point.is_numbered
        items.append(item)
    if items:
        yield BulletList(tuple(items), wide, numbered)


def _with_below(above: ListItem, item: ListItem, *, numbered: bool) -> ListItem:
    """An item with another one below it, or below its last one if those there are bullets and this
    has a number, or the other way round."""
    if above.items and above.numbered != numbered:
        last = _with_below(above.items[-1], item, numbered=numbered)
        return replace(above, items=(*above.items[:-1], last))
    return replace(above, items=(*above.items, item), numbered=numbered)


def _runs(words: str) -> Text:
    return tuple(Run(part, bold=is_bold) for part, is_bold in stretches(words))


def in_paragraphs(blocks: Iterable[Block]) -> Iterator[Text]:
    """The texts of paragraphs and lists where there is no room for a list: an item is a paragraph
    that begins with its number or a bullet."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs
        elif isinstance(block, BulletList):
            yield from _items_in_paragraphs(block.items, numbered=block.numbered)


def _items_in_paragraphs(items: Iterable[ListItem], *, numbered: bool) -> Iterator[Text]:
    for number, item in enumerate(items, 1):
        yield (Run(f"{number}. " if numbered else "\u2022 "), *item.runs)
        yield from _items_in_paragraphs(item.items, numbered=item.numbered)


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
