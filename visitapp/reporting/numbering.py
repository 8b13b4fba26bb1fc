"""Paragraphs with numbers, by which a panel's members refer to them."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

from visitapp.reporting.blocks import Block, Document, Opener, Paragraph, Run

_NUMBERED = ("body", "lead")


def with_numbers(document: Document) -> Document:
    """The same document with a number before each paragraph of its text, counted through."""
    numbers = count(1)
    sections = tuple(
        replace(section, blocks=tuple(_numbered(block, numbers) for block in section.blocks))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _numbered(block: Block, numbers: Iterator[int]) -> Block:
    if isinstance(block, Opener):
        paragraphs = tuple(_paragraph(paragraph, numbers) for paragraph in block.paragraphs)
        return replace(block, paragraphs=paragraphs)
    return _paragraph(block, numbers) if isinstance(block, Paragraph) else block


def _paragraph(paragraph: Paragraph, numbers: Iterator[int]) -> Paragraph:
    if paragraph.style not in _NUMBERED:
        return paragraph
    return replace(paragraph, runs=(Run(f"{next(numbers)}.\u2002"), *paragraph.runs))
