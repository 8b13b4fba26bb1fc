"""Random draws that are the same on every machine, and exact division of a total."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class SeededDraws:
    """Draws with a fixed seed. Of `Random` only `random()` is used: only that is guaranteed to
    return the same numbers in every version of Python."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)  # noqa: S311 - the demonstration has no secrets

    def below(self, end: int) -> int:
        """A whole number from 0 up to but not including `end`."""
        return int(self._random.random() * end)

    def pick(self, among: Sequence[T]) -> T:
        """One of the items."""
        return among[self.below(len(among))]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All items in another order."""
        keys = [self._random.random() for _ in items]
        return [items[i] for i in sorted(range(len(items)), key=lambda i: (keys[i], i))]

    def deck(self, numbers: Mapping[str, int]) -> list[str]:
        """Each name as often as its number says, shuffled."""
        return self.shuffled([name for name, number in numbers.items() for _ in range(number)])


def shared_out(total: int, weights: Sequence[int]) -> list[int]:
    """`total` in whole parts as close to the weights as possible (largest remainder)."""
    weights_in_all = sum(weights)
    parts = [total * weight // weights_in_all for weight in weights]
    rests = [total * weight % weights_in_all for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-rests[i], i))
    for i in order[: total - sum(parts)]:
        parts[i] += 1
    return parts
