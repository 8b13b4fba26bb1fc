"""Words that the writer decided to keep, compared with what the text contains now."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from visitapp.domain.json_values import as_mappings, as_text, as_utc
from visitapp.domain.moment import stored_text
from visitapp.domain.privacy.span import Span
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords

LONGEST_WORDS = 200
"""Of longer words only the beginning is recorded."""


def as_plain(kept: KeptWords) -> dict[str, Any]:
    """A decision as it is stored, by names of fields; its time stays a datetime."""
    return asdict(kept) | {"question": kept.question.as_decision}


def write_decision(kept: KeptWords) -> dict[str, Any]:
    """A decision as JSON."""
    return as_plain(kept) | {"kept_at": stored_text(kept.kept_at)}


def read_decisions(value: Any) -> tuple[KeptWords, ...]:
    """The decisions in a list of JSON; what can't be read as one is left out."""
    decisions = []
    for row in as_mappings(value):
        at = as_utc(row.get("kept_at"))
        if at is not None and as_text(row.get("words")):
            question, words, kind, reason, by = (
                as_text(row.get(key)) for key in ("question", "words", "kind", "reason", "kept_by")
            )
            decisions.append(KeptWords(Place.of_decision(question), words, kind, reason, by, at))
    return tuple(decisions)


def covers(kept: KeptWords, span: Span) -> bool:
    """Whether a decision is about a span: the same words and the same kind."""
    return (kept.words, kept.kind) == (span.words[:LONGEST_WORDS], span.kind)


def undecided(spans: Sequence[Span], kept: Iterable[KeptWords]) -> tuple[Span, ...]:
    """The spans without a decision, in order."""
    decisions = tuple(kept)
    return tuple(span for span in spans if not any(covers(words, span) for words in decisions))


def still_in_text(kept: Iterable[KeptWords], spans: Sequence[Span]) -> tuple[KeptWords, ...]:
    """The decisions whose words are still in the text."""
    return tuple(words for words in kept if any(covers(words, span) for span in spans))
