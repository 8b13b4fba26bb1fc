"""Shares, their rounding, and what hours are worth."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.figures import (
    Share,
    hours_of,
    listed_hours,
    listed_shares,
    percent_number,
    percent_text,
    shares_within,
    single_share,
    target_share,
    value_of,
)
from visitapp.domain.text.wording import count_text

PARTS = st.lists(st.integers(0, 3) | st.integers(0, 20_000), min_size=1, max_size=9)
WHOLES = st.integers(1, 50_000)


def percents(*parts):
    return [share.percent for share in listed_shares(parts)]


def as_decimals(*numbers):
    return [Decimal(number) for number in numbers]


@given(PARTS)
def test_listed_shares_add_up_to_a_hundred(parts):
    shares = listed_shares(parts)
    assert [share.part for share in shares] == parts
    assert {share.whole for share in shares} == {sum(parts)}
    if sum(parts):
        assert sum(share.percent for share in shares) == 100


@given(PARTS.filter(sum))
def test_a_listed_share_is_0_or_100_only_when_it_is_true(parts):
    whole = sum(parts)
    for share in listed_shares(parts):
        assert (share.percent == 0) == (share.part == 0)
        assert (share.percent == 100) == (share.part == whole)


@given(PARTS.filter(sum))
def test_a_listed_share_is_less_than_a_unit_away_from_the_exact_one(parts):
    shares = listed_shares(parts)
    exact = [Fraction(100 * part, sum(parts)) for part in parts]
    tenths = any(share.percent.as_tuple().exponent for share in shares)
    unit = Fraction(1, 10) if tenths else Fraction(1)
    # Tiny parts are lifted to a tenth; the largest give what they need.
    lifted = sum(1 for one in exact if 0 < one < unit) if tenths else 0
    for share, one in zip(shares, exact, strict=True):
        assert abs(Fraction(share.percent) - one) < unit * (1 + lifted)


@given(PARTS.filter(sum))
def test_all_listed_shares_have_the_same_decimals_and_only_when_they_must(parts):
    shares = listed_shares(parts)
    exponents = {share.percent.as_tuple().exponent for share in shares}
    assert len(exponents) == 1
    whole = sum(parts)
    if exponents == {-1}:
        # Some part would have printed as 0 or 100 against the rule.
        exact = [Fraction(100 * part, whole) for part in parts if 0 < part < whole]
        assert any(share < 1 or share > 99 for share in exact)


@given(st.lists(st.integers(0, 500), min_size=2, max_size=9).filter(sum), st.data())
def test_a_larger_part_has_no_smaller_share_in_whole_per_cents(parts, data):
    shares = listed_shares(parts)
    a, b = (data.draw(st.sampled_from(shares)) for _ in range(2))
    if a.part > b.part and a.percent.as_tuple().exponent == 0:
        assert a.percent >= b.percent


def test_ties_of_the_remainder_go_to_the_first_listed():
    assert percents(6, 10) == as_decimals(38, 62)
    assert percents(10, 6) == as_decimals(63, 37)
    assert percents(1, 1, 1) == as_decimals(34, 33, 33)
    assert percents(1, 1, 1, 1, 1, 1) == as_decimals(17, 17, 17, 17, 16, 16)


def test_the_published_shares_of_2023_24_come_out():
    assert percents(407, 72, 222, 395, 0) == as_decimals(37, 7, 20, 36, 0)
    assert percents(365, 42) == as_decimals(90, 10)
    assert percents(91, 1, 9, 0) == as_decimals(90, 1, 9, 0)
    assert target_share(101, 104).text == "97.1%"
    assert target_share(103, 104).text == "99.0%"


def test_the_whole_list_goes_to_one_decimal_where_a_part_would_print_against_the_rule():
    assert percents(1, 999) == as_decimals("0.1", "99.9")
    assert percents(3, 500, 497) == as_decimals("0.3", "50.0", "49.7")
    assert percents(1, 100_000) == as_decimals("0.1", "99.9")
    assert percents(100_000, 1, 1, 1) == as_decimals("99.7", "0.1", "0.1", "0.1")
    assert [share.text for share in listed_shares([0, 1, 500, 499])] == [
        "0.0%", "0.1%", "50.0%", "49.9%",
    ]  # fmt: skip
    assert percents(1, 199) == as_decimals(1, 99)  # the first of the tie: no need of decimals
    assert percents(199, 1) == as_decimals("99.5", "0.5")


def test_more_parts_than_tenths_still_add_up_to_a_hundred():
    shares = listed_shares([1] * 1200)
    assert sum(share.percent for share in shares) == 100


def test_parts_cannot_be_negative():
    with pytest.raises(BadInputError):
        listed_shares([3, -1])


def test_nothing_can_be_said_of_nothing():
    assert percents(0, 0) == [None, None]
    assert target_share(0, 0) == Share(0, 0, None)
    assert target_share(3, 0).text == "\u2013"
    assert single_share(0, 0).text == "\u2013"
    assert listed_shares([]) == ()


@given(st.integers(0, 60_000), WHOLES)
def test_a_share_of_the_target_has_one_decimal_half_up(part, whole):
    share = target_share(part, whole)
    tenths = (2000 * part + whole) // (2 * whole)  # in whole numbers: floor of 1000 x + 1/2
    if part < whole:
        tenths = min(tenths, 999)
    if part:
        tenths = max(tenths, 1)
    assert share.percent == Decimal(tenths) / 10
    assert share.percent.as_tuple().exponent == -1
    assert share.text == f"{tenths // 10}.{tenths % 10}%"


def test_half_a_tenth_goes_up_where_floats_would_go_down():
    assert target_share(1, 16).text == "6.3%"  # 6.25
    assert target_share(69, 800).text == "8.6%"  # 8.625
    assert target_share(1001, 2000).text == "50.1%"  # 50.05


def test_a_target_that_was_passed_is_more_than_a_hundred():
    assert target_share(105, 104).text == "101.0%"
    assert target_share(104, 104).text == "100.0%"
    assert target_share(20_799, 20_800).text == "99.9%"
    assert target_share(1, 20_800).text == "0.1%"


@given(st.integers(0, 50_000), WHOLES)
def test_a_share_alone_says_100_or_0_only_when_it_is_true(part, whole):
    part = min(part, whole)
    share = single_share(part, whole)
    assert (share.percent == 100) == (part == whole)
    assert (share.percent == 0) == (part == 0)
    if 0 < 200 * part < whole:
        assert share.text == "less than 1%"
    elif 200 * (whole - part) <= whole and part < whole:
        assert Fraction(995, 10) <= share.percent < 100
        assert Fraction(share.percent) <= Fraction(100 * part, whole)  # rounded down
    else:
        assert share.percent == (200 * part + whole) // (2 * whole)


def test_a_share_alone_is_printed_in_words_where_it_would_be_nothing():
    assert single_share(1, 1000).text == "less than 1%"
    assert single_share(1, 200).text == "1%"
    assert single_share(199, 200).text == "99.5%"
    assert single_share(1999, 2000).text == "99.9%"
    assert single_share(2, 3).text == "67%"


@given(PARTS)
def test_a_listed_share_is_printed_with_the_digits_it_was_listed_with(parts):
    for share in listed_shares(parts):
        printed = "\u2013" if share.percent is None else f"{percent_number(share.percent)}%"
        assert percent_text(share) == share.text == printed


@given(st.lists(st.integers(0, 3) | st.integers(0, 900), min_size=2, max_size=5), st.data())
def test_the_halves_of_a_listed_share_add_up_to_it(parts, data):
    share = data.draw(st.sampled_from(listed_shares(parts)))
    seen = data.draw(st.integers(0, share.part))
    halves = shares_within(share, (seen, share.part - seen))
    assert [half.part for half in halves] == [seen, share.part - seen]
    assert {half.whole for half in halves} == {share.whole}
    if share.percent is not None:
        assert sum(half.percent for half in halves) == share.percent
    for half in halves:
        assert (half.text in ("0%", "0.0%")) == (half.part == 0 and half.whole > 0)
        assert (half.text in ("100%", "100.0%")) == (half.part == half.whole > 0)


def test_those_who_spoke_and_those_who_refused_are_shares_of_those_in_the_cells_too():
    offered = listed_shares((407, 72, 222, 395))[0]
    assert [half.text for half in shares_within(offered, (365, 42))] == ["33%", "4%"]
    few = listed_shares((14, 986))[0]
    assert [half.text for half in shares_within(few, (7, 7))] == ["1%", "less than 1%"]
    everybody = listed_shares((1000, 0))[0]
    assert [half.text for half in shares_within(everybody, (999, 1))] == ["99.9%", "0.1%"]
    with pytest.raises(BadInputError):
        shares_within(few, (7, 8))


@given(st.integers(0, 10_000_000))
def test_hours_are_minutes_over_sixty_half_up_to_two_decimals(minutes):
    hundredths = (200 * minutes + 60) // 120
    assert hours_of(minutes) == Decimal(hundredths) / 100
    assert hours_of(minutes).as_tuple().exponent == -2


@given(st.lists(st.just(0) | st.integers(0, 50_000), max_size=6))
def test_hours_that_are_listed_add_up_to_those_of_all(minutes):
    listed = listed_hours(minutes)
    assert sum(listed) == hours_of(sum(minutes))
    assert len(listed) == len(minutes)
    for hours, own in zip(listed, minutes, strict=True):
        assert abs(hours - Decimal(own) / 60) < Decimal("0.01")
        assert hours.as_tuple().exponent == -2
        assert hours == 0 if own == 0 else hours >= 0


def test_the_published_hours_and_their_value_come_out():
    assert hours_of(26_546) == Decimal("442.43")
    assert value_of([(26_546, Decimal("18.3515"))]) == Decimal("8119.32")


@given(st.lists(st.tuples(st.integers(0, 50_000), st.integers(0, 500_000)), max_size=6))
def test_the_value_is_rounded_once_half_up(worked):
    exact = sum((Fraction(m * rate, 600_000) for m, rate in worked), start=Fraction(0))
    pence = (200 * exact + 1) // 2
    value = value_of([(m, Decimal(rate) / 10_000) for m, rate in worked])
    assert value == Decimal(int(pence)) / 100


def test_two_rates_are_added_before_they_are_rounded():
    # 20 minutes at 0.0149 are 0.4966... pence, twice: a penny only together.
    assert value_of([(20, Decimal("0.0149"))]) == Decimal("0.00")
    assert value_of([(20, Decimal("0.0149")), (20, Decimal("0.0149"))]) == Decimal("0.01")


def test_time_without_a_rate_has_no_value_and_no_time_needs_none():
    assert value_of([(60, Decimal(10)), (1, None)]) is None
    assert value_of([(60, Decimal(10)), (0, None)]) == Decimal("10.00")
    assert value_of([]) == Decimal("0.00")


def test_thousands_have_a_comma():
    assert [count_text(n) for n in (0, 999, 1096, 1_234_567)] == ["0", "999", "1,096", "1,234,567"]


def test_a_share_alone_is_never_shown_as_one_of_a_list():
    assert single_share(0, 0).alone
    assert single_share(1, 3).alone
    assert not target_share(1, 3).alone


def test_a_share_alone_is_a_tenth_at_least_and_rounds_half_a_tenth_up():
    assert single_share(1, 100_000).percent == Decimal("0.1")
    assert single_share(49, 10_000).percent == Decimal("0.5")
    assert single_share(25, 10_000).percent == Decimal("0.3")
    assert single_share(1000, 1000).percent == Decimal(100)
    assert str(single_share(1000, 1000).percent) == "100"
    assert str(single_share(0, 1000).percent) == "0"
    assert single_share(0, 1000).text == "0%"


def test_parts_of_a_tenth_are_lifted_as_long_as_the_largest_can_give():
    assert percents(*[1] * 998, 2, 100_000)[-1] < Decimal("99.9")
    many = [share.percent for share in listed_shares([2, *[1] * 1500])]
    assert sum(many) == 100
    assert max(many) == Decimal("0.1")
    lifted = [share.percent for share in listed_shares([100_000, *[1] * 998])]
    assert lifted == [Decimal("0.2"), *[Decimal("0.1")] * 998]


def test_a_part_that_is_there_takes_its_tenth_from_one_that_has_two_and_from_no_other():
    assert percents(*[1000] * 499, 1, 1, 1) == as_decimals(
        "0.1", *["0.2"] * 498, "0.1", "0.1", "0.1"
    )
    assert percents(*[1] * 1200) == as_decimals(*["0.1"] * 1000, *["0.0"] * 200)
