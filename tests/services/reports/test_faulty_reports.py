"""A report that was written elsewhere and isn't as it should be: every problem is said, and nothing
is signed."""

import pytest

from tests.services.reports.report_files import problems, signed_reports

NO_NUMBER = "present: Write a whole number from 0 to 99999, without quotation marks."


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"present": "6"}, NO_NUMBER),
        ({"present": -1}, NO_NUMBER),
        ({"present": True}, NO_NUMBER),
        ({"present": 10**30}, NO_NUMBER),
        ({"present": 7}, "present: 7 in custody, but the parts add up to 6."),
        ({"summary": 3}, "summary: Write this in quotation marks."),
        ({"summary": "\ud800"}, "summary: This has characters that can’t be read."),
        ({"sumary": "x"}, "sumary: A report has nothing of this name."),
        ({"date": ""}, "date: Enter the date of the visit."),
        ({"date": "31/4/2025"}, "date: There is no such day as “31/4/2025”."),
        ({"date": "2025-04-12"}, "date: The date of the visit is in the future."),
        ({"visitors": "Anne Example"}, "visitors: Write a list here."),
        ({"visitors": [3]}, "visitors:1: Write this in quotation marks."),
        ({"type": "A TRIP"}, "type: There is no type of visit “A TRIP”."),
        ({"form": 7}, "form: This scheme has no form 7."),
        ({"second_time": ["now"]}, "second_time:1: Write one of arrived, admitted, left."),
        ({"counting": "guessing"}, "counting: Write one of counts, rows, both."),
        ({"issues": [3]}, "issues:1: Write an object here, with a name for each value."),
        ({"record": 3, "amends": {"reference": "X-1", "reason": "Wrong."}},
         "amends:reference: There is no report X-1."),
        ({"amends": {"reason": "Wrong."}}, "amends:reference: Say which report."),
        ({"guests": ["x" * 81]}, "guests:1: A name can have 80 characters."),
        ({"confirmations": [{"typed_name": "Anne Example"}]},
         "confirmations: Ben Sample has still to confirm the report."),
    ],
)  # fmt: skip
def test_each_problem_is_a_sentence_with_its_place(furnished, values, changed, sentence):
    assert sentence in problems(furnished, values | changed)
    assert signed_reports(furnished) == 0


def test_all_problems_are_said_at_once(furnished, values):
    wrong = {
        "visitors": ["Anne Example", "Nobody Known"],
        "counts": [{"outcome": "SEEN"}, {"number": 2}, {"outcome": "FLOWN", "number": 1, "x": 1}],
        "rows": [{"outcome": "SEEN", "cell": "x" * 41, "animal": "Rex", "answers": {"no_such": 1}}],
        "issues": [{"category": "weather", "closed_on": "soon", "question": "rows:9:consent"}],
        "answers": values["answers"] | {"no_such": "YES"},
        "kept_words": [{"place": "summary", "words": "x", "kind": "guess"}],
        "confirmations": [{"typed_name": "Nobody Known", "confirmed_at": "noon"}],
    }
    assert set(problems(furnished, values | wrong)) == {
        "visitors:2: There is nobody called Nobody Known in the register of people.",
        "counts:1:number: Enter how many.",
        "counts:2:outcome: Say what happened.",
        "counts:3:outcome: There is no outcome “FLOWN”.",
        "counts:3:x: A report has nothing of this name.",
        "rows:1:cell: This can have 40 characters.",
        "rows:1:animal: There is no animal called Rex at this site.",
        "rows:1:answers:no_such: The form has no such question.",
        "issues:1:category: There is no category of issues “weather”.",
        "issues:1:closed_on: “soon” is not a date. Write it like 4/3/2024.",
        "issues:1:question: “rows:9:consent” is no answer of this report.",
        "answers:no_such: The form has no such question.",
        "kept_words:1:kind: Write one of name, date_of_birth, phone, email, postcode, address, "
        "vehicle, ni_number, custody_number, offence, or leave this out.",
        "kept_words:1:reason: Explain why these words must stay.",
        "confirmations:1:typed_name: There is nobody called Nobody Known in the register of "
        "people.",
        "confirmations:1:confirmed_at: “noon” is not a time. Write it like 2025-04-08T14:30:00.",
    }
    assert set(problems(furnished, values | {
        "left": "13:00", "present": 8, "issues": [{"category": "FOOD"}],
        "visitors": ["Cara Instance"],
        "answers": values["answers"] | {"cells_clean": "MAYBE"},
    })) == {
        "left: The leaving time is earlier than the time you were let in.",
        "present: 8 in custody, but the parts add up to 6.",
        "issues:1:severity: Say how serious issue 1 is.",
        "answers:cells_clean: Cells: clean and undamaged: Choose one of the answers.",
        "answers:one_visitor_why: Answer “Why was there only one visitor?”",
        "confirmations:1:typed_name: Anne Example is not one of the visitors.",
        "confirmations:2:typed_name: Ben Sample is not one of the visitors.",
        "confirmations: Cara Instance has still to confirm the report.",
    }  # fmt: skip
    assert signed_reports(furnished) == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is not JSON."),
        (b"{", "This file is not JSON."),
        (b"\xff{}", "This file is not JSON."),
        (b"[" * 100_000, "This file is not JSON."),
        (b'{"present": NaN}', "This file is not JSON."),
        (b"[]", "The file must have one object, with a name for each value."),
        (b'{"a": 1, "a": 2}', "a: This is in the object more than once."),
        (b"{}", "scheme: Write custody or animal_welfare."),
        (b'{"site": "Nowhere"}', "site: There is no site “Nowhere”."),
        (b'{"scheme": "custody", "site": "Nowhere"}',
         "site: There is no site “Nowhere” in this scheme."),
        (b'{"scheme": "parish"}',
         "scheme: “parish” is not a scheme. Write custody or animal_welfare."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_report_is_refused(furnished, content, sentence):
    assert sentence in problems(furnished, content)
