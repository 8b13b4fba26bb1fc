"""Inputs changed by chance: bytes, texts and JSON, with the values that programs stumble over."""

import itertools
import json
import random
import re
from collections.abc import Callable, Sequence
from typing import Any

ODD_TEXTS = (
    "", " ", "\0", "-1", "0", "9" * 5_000, "-" + "9" * 5_000, "1e999", "1e-999", "NaN",
    "Infinity", "-Infinity", "\u202e", "\u200f", "\x1b[2J", "\ufeff", "\u0661\u0662", "=1+1",
    "@SUM(A1)", "None", "null", "true", "x" * 70_000, "e\u0301" * 500, "\U0001f600" * 300,
    "31/2/2024", "24:00", "25:61", "0000-00-00", "99999-12-31", "2024-03-31T01:30", "%s%n",
    "../../etc/passwd", "'; --", "[" * 3_000, "{" * 3_000, '"', "\\", "\\ud800", "\r", "\n", "\t",
    ",", ";", "#N/A", "custody", "V1", "SEEN",
)  # fmt: skip
ODD_VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**63), 10**400, 1.5, 1e308, float("inf"),
    float("nan"), "", [], {}, [[]], {"": ""}, [None], "\0",
)  # fmt: skip


def mutated_bytes(rng: random.Random, content: bytes) -> bytes:
    """A few changes to bytes."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 5, 20))):
        rng.choice(_BYTE_CHANGES)(rng, changed)
    return bytes(changed)


def _flip(rng: random.Random, changed: bytearray) -> None:
    if changed:
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)


def _cut(rng: random.Random, changed: bytearray) -> None:
    start = rng.randint(0, len(changed))
    del changed[start : start + rng.choice((1, 2, 16, 1_000, len(changed)))]


def _repeat(rng: random.Random, changed: bytearray) -> None:
    start = rng.randint(0, len(changed))
    piece = changed[start : start + rng.choice((1, 16, 400))]
    changed[start:start] = piece * rng.choice((1, 2, 50))


def _insert(rng: random.Random, changed: bytearray) -> None:
    start = rng.randint(0, len(changed))
    odd = rng.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")
    changed[start:start] = rng.choice((odd, b"\xff\xfe", bytes(9), rng.randbytes(8)))


def _end(rng: random.Random, changed: bytearray) -> None:
    del changed[rng.randint(0, len(changed)) :]


def _another_word(rng: random.Random, changed: bytearray) -> None:
    """Something else between two signs that part cells or values."""
    parts = [match.start() for match in re.finditer(rb'[,;:"\n=<>]', changed)]
    if len(parts) > 1:
        at = rng.randrange(len(parts) - 1)
        odd = rng.choice(ODD_TEXTS).encode("utf-8", "surrogatepass")
        changed[parts[at] + 1 : parts[at + 1]] = odd


_BYTE_CHANGES: Sequence[Callable[[random.Random, bytearray], None]] = (
    _flip, _cut, _repeat, _insert, _end, _another_word, _another_word, _another_word,
)  # fmt: skip


_MOST_PLACES = 2_000
"""Values that are looked at for a change: repeated ones would grow without end."""


def mutated_json(rng: random.Random, content: Any) -> Any:
    """A copy with a few values changed, taken away, or put in the place of others."""
    changed = json.loads(json.dumps(content))
    for _ in range(rng.choice((1, 1, 2, 4))):
        places = list(itertools.islice(_places(changed), _MOST_PLACES))
        if places:
            holder, key = rng.choice(places)
            _change(rng, holder, key, places)
    return changed


def _places(value: Any) -> Any:
    items = (
        value.items() if isinstance(value, dict) else enumerate(value)
        if isinstance(value, list) else ()
    )  # fmt: skip
    for key, inner in list(items):
        yield value, key
        yield from _places(inner)


def _change(rng: random.Random, holder: Any, key: Any, places: Sequence[Any]) -> None:
    kind = rng.randrange(5)
    if kind == 0:
        holder.pop(key)
    elif kind == 1:
        holder[key] = rng.choice(ODD_TEXTS)
    elif kind == 2:
        holder[key] = [holder[key]] * rng.choice((1, 2, 9))
    elif kind == 3:
        other, place = rng.choice(places)
        copied = other.get(place) if isinstance(other, dict) else other[min(place, len(other) - 1)]
        holder[key] = json.loads(json.dumps(copied))
    else:
        holder[key] = rng.choice(ODD_VALUES)
