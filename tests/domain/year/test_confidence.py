"""The interval of a share by Wilson's score."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.year.confidence import interval_of

Z = 1.959963984540054


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [  # (Newcombe, Statistics in Medicine 17, 1998, table I, method 3)
        (81, 263, "25.5", "36.6"),
        (15, 148, "6.2", "16.0"),
        (0, 20, "0.0", "16.1"),
        (1, 29, "0.6", "17.2"),
    ],
)
def test_published_examples(part: int, whole: int, low: str, high: str) -> None:
    interval = interval_of(part, whole)
    assert interval is not None
    assert (interval.low, interval.high) == (Decimal(low), Decimal(high))
    assert interval.text == f"{low}% to {high}%"


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_its_ends_are_as_far_from_the_share_as_chance_explains(case: tuple[int, int]) -> None:
    part, whole = case
    interval = interval_of(part, whole)
    assert interval is not None
    share = part / whole
    assert float(interval.low) / 100 <= share + 0.0005
    assert float(interval.high) / 100 >= share - 0.0005
    for end, outwards in ((float(interval.low) / 100, -1), (float(interval.high) / 100, 1)):
        inner, outer = (end - outwards * 0.0006, end + outwards * 0.0006)
        if 0 < inner < 1 and (inner - share) * outwards > 0:
            assert (inner - share) ** 2 <= Z * Z * inner * (1 - inner) / whole + 1e-12
        if 0 < outer < 1:
            assert (outer - share) ** 2 >= Z * Z * outer * (1 - outer) / whole - 1e-12


def test_without_cases_there_is_none() -> None:
    assert interval_of(0, 0) is None
    with pytest.raises(ValueError, match="at most its whole"):
        interval_of(3, 2)
