"""Numbers of people that are too small to be published, since somebody could be known by them."""

from collections.abc import Sequence

SMALL = 5
"""Groups with fewer people aren't shown separately, since they could be identified."""


def too_small(counts: Sequence[int]) -> frozenset[int]:
    """Which of the parts of a known total may not be shown, by their place in the list.

    A single small part takes the next smallest with it, as small parts do that together are fewer
    than five: what is missing from the total would tell them.
    """
    small = [at for at, count in enumerate(counts) if is_small(count)]
    rest = [at for at, count in enumerate(counts) if count >= SMALL]
    if small and rest and (len(small) == 1 or sum(counts[at] for at in small) < SMALL):
        small.append(min(rest, key=lambda at: counts[at]))
    return frozenset(small)


def not_to_be_shown(counts: Sequence[int]) -> frozenset[int]:
    """As `too_small`; all parts where those that are left out would still be known: a single one,
    or several that together are fewer than five."""
    hidden = too_small(counts)
    if hidden and (len(hidden) == 1 or sum(counts[at] for at in hidden) < SMALL):
        return frozenset(range(len(counts)))
    return hidden


def is_small(count: int) -> bool:
    """Whether a number of people can't be shown."""
    return 0 < count < SMALL
