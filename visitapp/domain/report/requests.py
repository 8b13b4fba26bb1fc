"""What a detainee asked for, and what came of it: the answer to a question of the kind `requests`.

The answer is a list with a mapping for each request: its `kind` (a code of the question's options),
whether it was `put_right` during the visit (`YES` or `NO`), and in words the `action`, which may be
missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.domain.json_values import as_list, as_mapping, as_text

KIND, PUT_RIGHT, ACTION = "kind", "put_right", "action"
RESOLVED, UNRESOLVED = "YES", "NO"
MOST_REQUESTS = 20
"""The most requests of one detainee at one visit."""


@dataclass(frozen=True, slots=True)
class DetaineeRequest:
    """One request as it was typed: codes, and words; each is empty if nothing was entered."""

    kind: str = ""
    put_right: str = ""
    action: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nothing was entered."""
        return not (self.kind or self.put_right or self.action.strip())

    def as_json(self) -> dict[str, str]:
        """The mapping that is stored, without what is empty."""
        values = {KIND: self.kind, PUT_RIGHT: self.put_right, ACTION: self.action}
        return {key: value for key, value in values.items() if value.strip()}


def requests_of(answer: Any) -> tuple[DetaineeRequest, ...]:
    """The requests of an answer, whatever it holds; what isn't a text is taken as empty."""
    entries = map(as_mapping, as_list(answer))
    return tuple(
        DetaineeRequest(*(as_text(entry.get(key)) for key in (KIND, PUT_RIGHT, ACTION)))
        for entry in entries
    )


def problem_of(answer: Any, codes: Sequence[str]) -> str:
    """What is wrong with an answer, in a sentence; empty if nothing is."""
    if not isinstance(answer, list) or not all(map(_is_request, answer)):
        return "This is not a list of requests."
    if len(answer) > MOST_REQUESTS:
        return f"Enter no more than {MOST_REQUESTS} requests."
    for number, request in enumerate(requests_of(answer), 1):
        if request.kind not in codes:
            return f"Request {number}: choose what was asked for."
        if request.put_right not in (RESOLVED, UNRESOLVED):
            return f"Request {number}: say whether it was put right."
    return ""


def _is_request(entry: Any) -> bool:
    return (
        isinstance(entry, Mapping)
        and entry.keys() <= {KIND, PUT_RIGHT, ACTION}
        and all(isinstance(value, str) for value in entry.values())
    )


def stored(answer: Any) -> list[dict[str, str]]:
    """An answer without a problem, as it is stored."""
    return [request.as_json() for request in requests_of(answer)]


def in_words(answer: Any, labels: Mapping[str, str]) -> tuple[str, ...]:
    """`Blanket (put right: brought at once)` for each request."""
    return tuple(_in_words(request, labels) for request in requests_of(answer))


def _in_words(request: DetaineeRequest, labels: Mapping[str, str]) -> str:
    what = labels.get(request.kind, request.kind)
    came = "put right" if request.put_right == RESOLVED else "not put right"
    action = " ".join(request.action.split()).rstrip(".")
    return f"{what} ({came}: {action})" if action else f"{what} ({came})"


def kinds_of(answer: Any) -> Mapping[str, int]:
    """How many requests there are of each kind."""
    numbers: dict[str, int] = {}
    for request in requests_of(answer):
        numbers[request.kind] = numbers.get(request.kind, 0) + 1
    return numbers


def actions_in(answer: Any) -> Iterator[str]:
    """The words of an answer that somebody wrote."""
    yield from (request.action for request in requests_of(answer) if request.action.strip())
