"""Dates of birth: a date, month or year that the text says is one. Ages don't count."""

import re
from collections.abc import Iterator

from visitapp.domain.privacy.span import DATE_OF_BIRTH, Span

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)(?:\.(?=\s*\d))?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_FULL = rf"\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:\d{{4}}|\d{{2}})|{_DAY}(?: of)? {_MONTH},? \d{{4}}"
_DATE = (
    rf"(?:{_FULL}|(?:19|20)\d{{2}}-\d{{2}}-\d{{2}}"
    rf"|{_DAY}(?: of)? {_MONTH}(?:,? '?\d{{2}}\b)?|{_MONTH} {_DAY}(?:,? \d{{4}})?"
    rf"|{_MONTH},? (?:19|20)\d{{2}}|\d{{1,2}}/\d{{1,2}}|\d{{8}}|\d{{6}}"
    rf"|(?:19|20)\d{{2}}|['\u2019]\d{{2}})"
    r"(?![\w/:]|[.-]\d)"
)
_SAID = (
    r"(?:\bd\.? ?o\.? ?b(?![a-z])\.?|\bd\.? of b\b\.?|\by\.?o\.?b\b\.?|"
    r"\bdates? of birth|\bbirth ?dates?|\bborn|\bb(?:irth)?'?days?|\byear of birth|"
    r"\b(?:turns?|turning|turned|will be|becomes?|until) "
    r"(?:1[0-9]|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen))"
)
_BIRTH = re.compile(rf"{_SAID}[^.;!?\d\n]{{0,40}}?(?<![\d/.])({_DATE})", re.IGNORECASE)
_SHORT = re.compile(rf"(?:\bb\.\s?|(?<=\()b\s)({_DATE})", re.IGNORECASE)
"""b. 1988"""
_BARE = re.compile(rf"(?<![\w/.:-])(?:{_FULL})(?![\w/:]|[.-]\d)", re.IGNORECASE)
_YEAR = re.compile(r"(?:19[2-9]\d|20(?:0\d|1[0-5])|(?<=[/.-])(?:[3-9]\d|0\d|1[0-5]))$")
_DAY_AND_MONTH = re.compile(
    r"(?:0?[1-9]|[12]\d|3[01])([/.-])(?:0?[1-9]|1[0-2])\1|\d{1,2}\s?[a-z ]", re.IGNORECASE
)
_OF_A_THING = re.compile(
    r"\b(?:serviced?|dated?|built|since|opened?|expir\w+|install\w+|before|tested|checked|bought|"
    r"painted|issued?|printed|revised|version|logs?|from|until|to|between|closed|fitted|replaced|"
    r"founded|started|on|in|of|by|review\w*)\b[\s\w:,]{0,20}$",
    re.IGNORECASE,
)


def birth_spans(text: str) -> Iterator[Span]:
    """Dates of birth in a text; spans may overlap.

    A full date up to 2015 that clearly isn't something else counts as one: other dates in visitors'
    reports are recent.
    """
    for match in (*_BIRTH.finditer(text), *_SHORT.finditer(text)):
        yield Span(match.start(1), match.end(1), DATE_OF_BIRTH, match[1])
    for match in _BARE.finditer(text):
        before = text[max(0, match.start() - 40) : match.start()]
        is_date = _DAY_AND_MONTH.match(match[0]) and _YEAR.search(match[0])
        if is_date and not _OF_A_THING.search(before):
            yield Span(match.start(), match.end(), DATE_OF_BIRTH, match[0])
