"""Texts of values in the file: the same as ever, since digests are made of them."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.report.report import KeptWords
from visitapp.persistence.salvaged import Losses
from visitapp.persistence.stored_json import from_json, to_json

AT = datetime(2025, 7, 4, 13, 31, 7, 250, tzinfo=UTC)
_PLAIN = st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.text()
CONTENT = st.dictionaries(
    st.text(), st.recursive(_PLAIN, lambda v: st.lists(v) | st.dictionaries(st.text(), v))
)


def test_a_value_is_an_object_with_its_keys_in_order_and_moments_as_everywhere() -> None:
    kept = KeptWords("summary", "Z\u00fc", "name", "A dog", "Anne", AT)
    assert to_json((kept,)) == (
        '[{"kept_at": "2025-07-04T13:31:07.000250", "kept_by": "Anne", "kind": "name", '
        '"question": "summary", "reason": "A dog", "words": "Z\u00fc"}]'
    )
    assert from_json(to_json(Losses(1, 2, 3, 4, 5)), Losses) == Losses(1, 2, 3, 4, 5)


@given(CONTENT)
def test_the_text_is_that_of_the_version_before_and_reads_back(content: dict[str, Any]) -> None:
    text = to_json(content)
    assert text == json.dumps(content, ensure_ascii=False, sort_keys=True)
    if text.isprintable():
        assert from_json(text, dict[str, Any]) == content


@pytest.mark.parametrize("text", ["", "{", "[1]", "null", '"words"', '{"a": NaN}', "nonsense"])
def test_what_is_no_json_or_of_another_kind_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        from_json(text, dict[str, Any])
