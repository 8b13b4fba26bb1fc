"""The guard looks at a text of any shape in a time that grows as the text does.

Two lengths of one text are compared within a run, as the processor's time, so that a busy
machine makes no difference; what grows with the square is eight times slower there.
"""

import time
from itertools import product

import pytest

from visitapp.services.reports.privacy import look_at

UNITS = (
    "Ab-", "A-A-", "Ab'", "ab-", "Smith-", "O'Neill-", "Ab ", "Ab, ", "Ab & ", "A.", "A", "a", "1",
    "1/", "1-", "0 ", "07", "a.", "a@", "a@a.", "@", "-", " ", "\n", "\t ", "'", "\u2019s ", "_",
    "A1 ", "AB1", "AB12 CD ", "A00 AAA ", "born ", "born 1 ", "Flat 1, ", "1 High Street ", "1 Ab ",
    "arrested ", "charged with a ", "breach of his ", "on a no-bail ", "Dr ", "Mr. ", "Mr and Mrs ",
    "custody no ", "detainee ", "M4 ", "PD Rex and ", "by members of the ", "a\u0301", "+44 ",
    "(0)", "(", "dob ", "Jan ", "1 Jan ", "inspector ( ", "lives at ", "reg ", "the a an ", "**a ",
)  # fmt: skip
ENDS = ("", "!", "\u2013", " Street", "@x")
SHORT, LONG = 750, 6_000
_MOST = 4 * LONG / SHORT
_LITTLE = 0.05
"""Seconds in which nothing can be told apart from chance."""
_TRIES = 3


def seconds(text: str) -> float:
    before = time.process_time()
    look_at(text)
    return time.process_time() - before


def grows_as_it_should(*shapes: str, end: str) -> bool:
    """Whether one of a few tries says so."""
    short, long = (
        "".join((shape * (size // len(shape) + 1))[: size // len(shapes)] for shape in shapes) + end
        for size in (SHORT, LONG)
    )
    return any(
        (taken := seconds(long)) < _LITTLE or taken <= _MOST * seconds(short) for _ in range(_TRIES)
    )


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_a_text_eight_times_as_long_takes_about_eight_times_as_much_work(unit):
    look_at("Anne Smith was born on 1/2/1990.")  # the lists are read
    assert grows_as_it_should(unit, end="")
    assert grows_as_it_should(unit, end="!")


@pytest.mark.long
@pytest.mark.parametrize("one", UNITS, ids=repr)
def test_no_two_shapes_together_take_more_either(one):
    for other, end in product(UNITS, ENDS):
        assert grows_as_it_should(one, other, end=end)
