"""Numbers of people that are too small to be published, since somebody could be known by them."""

from collections.abc import Sequence

SMALL = 5
"""Groups with fewer people aren't shown separately, since they could be identified."""


def too_small(counts: Sequence[int]) -> frozenset[int]:
    """Which of the parts of a known total may not be shown, by their place in the list.

    A single small part takes the next smallest with it, as small parts do that together are fewer
    than five: what is missing from the total would tell them.
    """
    small = [at for at, count in enumerate(counts) if 0 < count < SMALL]
    rest = [at for at, count in enumerate(counts) if count >= SMALL]
    if small and rest and (len(small) == 1 or sum(counts[at] for at in small) < SMALL):
        small.append(min(rest, key=lambda at: counts[at]))
    return frozenset(small)
