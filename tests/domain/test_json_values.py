"""What is read from JSON that anybody may have changed."""

import pytest

from visitapp.domain.json_values import LARGEST_NUMBER, as_number


@pytest.mark.parametrize("number", [0, 1, LARGEST_NUMBER])
def test_whole_numbers_within_the_bounds_are_read(number):
    assert as_number(number) == number


@pytest.mark.parametrize("value", [-1, LARGEST_NUMBER + 1, True, 1.0, "1", None])
def test_anything_else_is_no_number(value):
    assert as_number(value) is None
