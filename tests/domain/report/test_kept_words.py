"""Decisions to keep words: as they are stored, and which spans they are about."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.privacy.span import NAME, OFFENCE, Span
from visitapp.domain.report.kept_words import (
    LONGEST_WORDS,
    covers,
    read_decisions,
    still_in_text,
    undecided,
    write_decision,
)
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords

AT = datetime(2025, 3, 5, 14, tzinfo=UTC)
KEPT = KeptWords(Place("summary"), "Rex", NAME, "A dog.", "Anne", AT)
texts = st.text(st.characters(codec="utf-8"), max_size=12)
decisions = st.builds(
    KeptWords,
    texts.map(Place.of_decision),
    texts.filter(bool),
    texts,
    texts,
    texts,
    st.datetimes(timezones=st.just(UTC)),
)


def _span(words: str, kind: str = NAME) -> Span:
    return Span(0, len(words), kind, words)


@given(st.lists(decisions, max_size=3))
def test_decisions_are_read_as_they_were_written(kept: list[KeptWords]) -> None:
    assert read_decisions([write_decision(words) for words in kept]) == tuple(kept)


@pytest.mark.parametrize(
    "changed", [{"words": ""}, {"words": None}, {"kept_at": ""}, {"kept_at": "soon"}]
)
def test_what_has_no_words_or_no_time_is_no_decision(changed: dict[str, Any]) -> None:
    sound = write_decision(KEPT)
    assert read_decisions([sound | changed, sound]) == (KEPT,)
    for wrong in (None, "Rex", {"words": "Rex"}, [None, "Rex"]):
        assert read_decisions(wrong) == ()


def test_a_decision_is_about_the_same_words_of_the_same_kind() -> None:
    assert covers(KEPT, _span("Rex"))
    assert not covers(KEPT, _span("rex"))
    assert not covers(KEPT, _span("Rex", OFFENCE))
    long = "x" * LONGEST_WORDS
    cut = KeptWords(Place("summary"), long, NAME, "", "Anne", AT)
    assert covers(cut, _span(long))
    assert covers(cut, _span(f"{long}y"))


def test_words_are_undecided_until_a_decision_is_about_them_and_it_goes_with_them() -> None:
    rex, duke, gone = _span("Rex"), _span("Duke"), KeptWords(
        Place("summary"), "Bess", NAME, "", "Anne", AT
    )  # fmt: skip
    assert undecided([rex, duke, rex], iter([KEPT])) == (duke,)
    assert undecided([rex, duke], ()) == (rex, duke)
    assert still_in_text([gone, KEPT], [duke, rex]) == (KEPT,)
    assert still_in_text([KEPT], []) == ()
