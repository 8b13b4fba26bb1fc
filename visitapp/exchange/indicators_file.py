"""Figures that bodies published, as a file: `docs/indicators.schema.json` describes it.

Names that are not known here are kept; keys that are not known are left out, so that others can add
to the form.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from visitapp.domain.errors import BadInputError, FaultyFileError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.text.clock_text import parse_date
from visitapp.domain.year.indicators import Indicator, Publication
from visitapp.exchange.json_parts import JsonPart, parsed

FORMAT = "visitapp-indicators"
VERSION = 1
_LONGEST_NAME, _LONGEST_WORDS = 80, 500
_MOST = 1000
"""Publications in a file, and indicators of one."""


def indicators_text(publications: Iterable[Publication]) -> str:
    """The text of a file."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "publications": [_publication_values(publication) for publication in publications],
    }
    return json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def read_indicators(content: bytes) -> tuple[Publication, ...]:
    """The publications of a file. Raises FaultyFileError with a sentence for each problem."""
    whole = parsed(content)
    if whole.text("format") != FORMAT:
        raise FaultyFileError(["This is not a file of indicators."])
    version = whole.number("version")
    if version is not None and version > VERSION:
        raise FaultyFileError(["This file is for a newer version of visitapp."])
    parts = whole.parts("publications")
    if len(parts) > _MOST:
        whole.say("publications", f"A file can have {_MOST:,}.")
    publications = [_publication(part) for part in parts[:_MOST]]
    if whole.problems:
        raise FaultyFileError(whole.problems)
    return tuple(publication for publication in publications if publication is not None)


def _publication_values(publication: Publication) -> dict[str, Any]:
    period = publication.period
    return {
        "body": publication.body,
        **_where_there(country=publication.country),
        "scheme": publication.scheme.value,
        "period": {"start": period.start.isoformat(), "end": period.end.isoformat()},
        "source": publication.source,
        **_where_there(note=publication.note),
        "indicators": [
            {
                "name": indicator.name,
                "number": _json_number(indicator.number),
                **_where_there(part=indicator.part, base=indicator.base),
                **(
                    {"base_number": _json_number(indicator.base_number)}
                    if indicator.base_number is not None
                    else {}
                ),
                **({"percent": True} if indicator.is_percent else {}),
            }
            for indicator in publication.indicators
        ],
    }


def _where_there(**texts: str) -> Mapping[str, str]:
    return {key: text for key, text in texts.items() if text}


def _json_number(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


def _publication(part: JsonPart) -> Publication | None:
    body, source = _needed(part, "body"), _needed(part, "source")
    country = part.text("country", _LONGEST_NAME)
    scheme = part.looked_up("scheme", _kind)
    period = _period(part.part("period"), part)
    note = part.text("note", _LONGEST_WORDS)
    parts = part.parts("indicators")
    if len(parts) > _MOST:
        part.say("indicators", f"A publication can have {_MOST:,}.")
    indicators = [item for item in map(_indicator, parts[:_MOST]) if item is not None]
    if not part.has("indicators"):
        part.say("indicators", "This is missing.")
    if scheme is None and not part.has("scheme"):
        part.say("scheme", "Write custody or animal_welfare.")
    if period is None or scheme is None:
        return None
    return Publication(body, country, scheme, period, source, _with_bases(indicators), note)


def _needed(part: JsonPart, key: str, longest: int = _LONGEST_WORDS) -> str:
    text = part.text(key, longest).strip()
    if not text and not part.has(key):
        part.say(key, "This is missing.")
    return text


def _kind(text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        raise BadInputError("Write custody or animal_welfare.") from None


def _period(part: JsonPart, publication: JsonPart) -> Period | None:
    start = part.looked_up("start", parse_date)
    end = part.looked_up("end", parse_date)
    if start is None or end is None:
        if not (part.has("start") and part.has("end")):
            publication.say("period", "Write its start and end, such as 2024-04-01.")
        return None
    if end < start:
        publication.say("period", "It ends before it starts.")
        return None
    return Period(start, end)


def _indicator(part: JsonPart) -> Indicator | None:
    name = _needed(part, "name", _LONGEST_NAME)
    number = part.amount("number")
    if number is None and not part.has("number"):
        part.say("number", "This is missing.")
    indicator_part = part.text("part", _LONGEST_NAME)
    base = part.text("base", _LONGEST_NAME)
    base_number = part.amount("base_number")
    is_percent = part.yes_or_no("percent")
    if number is None:
        return None
    return Indicator(name, number, indicator_part, base, base_number, is_percent)


def _with_bases(indicators: list[Indicator]) -> tuple[Indicator, ...]:
    """A base that is itself an indicator of the same part brings its number."""
    numbers = {(item.part, item.name): item.number for item in indicators}
    return tuple(
        item
        if item.base_number is not None
        else replace(item, base_number=numbers.get((item.part, item.base)))
        for item in indicators
    )
