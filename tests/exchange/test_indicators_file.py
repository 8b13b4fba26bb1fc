"""Files of published figures: what is written is read again, and what is wrong is told."""

import json
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import FaultyFileError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.year.indicators import LABELS, Indicator, Publication
from visitapp.exchange.indicators_file import FORMAT, VERSION, indicators_text, read_indicators

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "indicators.schema.json").read_text("utf-8")
)

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=80).map(str.strip)
filled = words.filter(bool)
numbers = st.integers(0, 10**9).map(Decimal) | st.decimals(0, 10**6, places=2).map(
    lambda number: Decimal(repr(float(number))) if number % 1 else Decimal(int(number))
)
indicators = st.builds(
    Indicator,
    name=st.sampled_from(list(LABELS)) | filled,
    number=numbers,
    part=words,
    base=words,
    base_number=numbers,
    is_percent=st.booleans(),
)
periods = st.builds(
    lambda start, days: Period(start, start + timedelta(days)),
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(0, 800),
)
publications = st.builds(
    Publication,
    body=filled,
    country=words,
    scheme=st.sampled_from(Kind),
    period=periods,
    source=filled,
    indicators=st.lists(indicators, min_size=1, max_size=4).map(tuple),
    note=words,
)


def sample(**changed):
    return {
        "body": "A Board",
        "scheme": "custody",
        "period": {"start": "2024-04-01", "end": "2025-03-31"},
        "source": "a report",
        "indicators": [{"name": "visits", "number": 3}],
    } | changed


def written(*listed, **changed):
    whole = {"format": FORMAT, "version": VERSION, "publications": list(listed)} | changed
    return json.dumps(whole).encode()


def problems(content):
    with pytest.raises(FaultyFileError) as refused:
        read_indicators(content)
    return list(refused.value.sentences)


@given(st.lists(publications, max_size=3).map(tuple))
def test_what_is_written_is_read_again(listed):
    assert read_indicators(indicators_text(listed).encode()) == listed


def test_a_base_that_is_there_brings_its_number_within_the_same_part():
    items = [
        {"name": "offered", "number": 10},
        {"name": "offered", "number": 4, "part": "North"},
        {"name": "seen", "number": 3, "base": "offered", "part": "North"},
        {"name": "seen", "number": 9, "base": "offered"},
        {"name": "seen", "number": 1, "base": "offered", "part": "South"},
    ]
    (publication,) = read_indicators(written(sample(indicators=items)))
    assert [item.base_number for item in publication.indicators] == [None, None, 4, 10, None]


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"body": ""}, "body"),
        ({"body": 3}, "body"),
        ({"source": None}, "source"),
        ({"scheme": "horses"}, "scheme"),
        ({"scheme": ""}, "scheme"),
        ({"period": {"start": "2024-04-01"}}, "period"),
        ({"period": {"start": "2024-04-01", "end": "2024-03-31"}}, "period"),
        ({"period": {"start": "2024-04-01", "end": "31/2/2025"}}, "period:end"),
        ({"indicators": [{"name": "visits"}]}, "indicators:1:number"),
        ({"indicators": [{"number": 1}]}, "indicators:1:name"),
        ({"indicators": [{"name": "x", "number": "1"}]}, "indicators:1:number"),
        ({"indicators": [{"name": "x", "number": True}]}, "indicators:1:number"),
        ({"indicators": [{"name": "x", "number": -1}]}, "indicators:1:number"),
        (
            {"indicators": [{"name": "x", "number": 1, "base_number": 2e9}]},
            "indicators:1:base_number",
        ),
        ({"indicators": [{"name": "x" * 81, "number": 1}]}, "indicators:1:name"),
        ({"indicators": [{"name": "x", "number": 1}] * 1001}, "indicators"),
        ({"indicators": []}, "indicators"),
        ({"note": "x" * 501}, "note"),
    ],
)  # fmt: skip
def test_each_problem_is_told_with_its_place(changed, place):
    (sentence,) = problems(written(sample(), sample(**changed)))
    assert sentence.startswith(f"publications:2:{place}: ")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "x"}', b"\xff", b"[" * 9999])
def test_something_else_is_refused(content):
    assert len(problems(content)) == 1


def test_a_newer_form_is_refused_and_unknown_keys_are_left_out():
    assert problems(written(version=VERSION + 1)) == [
        "This file is for a newer version of visitapp."
    ]
    assert problems(written(*[sample()] * 1001)) == ["publications: A file can have 1,000."]
    (publication,) = read_indicators(written(sample(colour="green"), more=1))
    assert publication.body == "A Board"


def test_the_description_names_what_is_written():
    item = Indicator("seen", Decimal(1), "North", "offered", Decimal(2), is_percent=True)
    period = Period(date(2024, 4, 1), date(2025, 3, 31))
    listed = Publication("A Board", "Wales", Kind.CUSTODY, period, "a report", (item,), "A note.")
    whole = json.loads(indicators_text([listed]))
    (publication,) = whole["publications"]
    kinds = SCHEMA["$defs"]
    assert whole.keys() == SCHEMA["properties"].keys() == set(SCHEMA["required"])
    assert SCHEMA["properties"]["format"]["const"] == FORMAT
    assert SCHEMA["properties"]["version"]["const"] == VERSION
    assert publication.keys() == kinds["publication"]["properties"].keys()
    days = kinds["publication"]["properties"]["period"]["properties"]
    assert publication["period"].keys() == days.keys()
    assert publication["indicators"][0].keys() == kinds["indicator"]["properties"].keys()
    assert set(kinds["publication"]["properties"]["scheme"]["enum"]) == set(Kind)
    for key in kinds["publication"]["required"]:
        assert problems(written({name: publication[name] for name in publication if name != key}))
    (indicator,) = publication["indicators"]
    for key in kinds["indicator"]["required"]:
        left = {name: indicator[name] for name in indicator if name != key}
        assert problems(written(publication | {"indicators": [left]}))
