"""Numbers of people that are too small to be published, since somebody could be known by them."""

from collections.abc import Iterable, Sequence

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


def hidden_groups(counts: Sequence[int]) -> frozenset[int]:
    """Which groups of a known total can't be published one by one, by their place in the list; all
    if what is published would tell one of them.

    Groups under five, empty ones too, are hidden (primary suppression by a threshold), and with
    them the smallest of the others until the hidden ones can't be worked out from the total
    (complementary suppression; chapter 5, Frequency tables, of the Handbook on Statistical
    Disclosure Control of the European Statistical System). The smallest are hidden together if they
    are equal: which of them was chosen would tell something to whoever knows this rule. The
    total of the hidden ones is known, so they are two at least, five people at least together,
    and not four in each of them.
    """
    hidden = {at for at, count in enumerate(counts) if count < SMALL}
    if not hidden:
        return frozenset()
    while len(hidden) < len(counts) and _tells(counts[at] for at in hidden):
        least = min(count for at, count in enumerate(counts) if at not in hidden)
        hidden |= {at for at, count in enumerate(counts) if count == least}
    if _tells(counts[at] for at in hidden):
        return frozenset(range(len(counts)))
    return frozenset(hidden)


def _tells(hidden: Iterable[int]) -> bool:
    counts = list(hidden)
    return len(counts) < 2 or sum(counts) < SMALL or all(c == SMALL - 1 for c in counts)
