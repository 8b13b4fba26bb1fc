"""What to write instead of a name: the person's role, if the text reveals it."""

import re

from visitapp.domain.privacy.lexicon import Lexicon
from visitapp.domain.privacy.span import LEFT_OUT
from visitapp.domain.text.wording import capitalised

_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")
_CELL = re.compile(r"\b(?:cell|detainee|custody|[MF]\d{1,2})\b", re.IGNORECASE)
_COLLEAGUE = re.compile(r"\s+and I\b")
_BACK, _AHEAD = 40, 40


def in_place_of(text: str, start: int, end: int, title: str, lexicon: Lexicon) -> str:
    """The words to write, with a capital at the beginning of a sentence; empty to leave them out.

    A title gives the role. If a role comes before the name, the name can simply go. A name near a
    cell is a detainee's.
    """
    before = text[max(0, start - _BACK) : start]
    role = lexicon.titles.get(title.lower(), "")
    if not role and _ends_with_role(before, lexicon):
        return ""
    begins = _SENTENCE_BEGINS.search(before) is not None
    if not role and begins and _COLLEAGUE.match(text, end):
        role = "my colleague"
    if not role and _CELL.search(before + text[end : end + _AHEAD]):
        role = "the detainee"
    if not role:
        return LEFT_OUT
    return capitalised(role) if begins else role


def _ends_with_role(before: str, lexicon: Lexicon) -> bool:
    last = re.search(r"([^\W\d_]+)(?:,?\s+|\s+\()$", before)
    return last is not None and last[1].lower() in lexicon.roles
