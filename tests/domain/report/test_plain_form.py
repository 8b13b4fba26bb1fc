"""The form of visits that were written with none."""

import pytest

from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.plain_form import plain_form


@pytest.mark.parametrize(
    ("kind", "row_of", "section", "asked"),
    [
        (Kind.CUSTODY, "detainee", "Detainees", {"site_id": "Suite", "present": "In custody"}),
        (Kind.ANIMAL_WELFARE, "animal", "Animals", {"site_id": "Kennels", "present": "On site"}),
    ],
)
def test_the_plain_form_uses_the_words_of_the_scheme(kind, row_of, section, asked):
    form = plain_form(kind)
    assert (form.number, form.row_of) == (0, row_of)
    assert [part.title for part in form.sections] == [
        "The visit", "Times and access", section, "Issues", "Summary",
    ]  # fmt: skip
    words = {question.key: question.ask for question in form.questions()}
    assert words["counts"] == "What happened"
    assert words["arrived"] == "Arrived"
    assert {key: words[key] for key in asked} == asked
