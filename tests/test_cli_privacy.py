"""`visitapp privacy`: what is found in a text, line by line, with no file of records."""

import json

from tests.privacy_measure import read


def test_each_line_has_its_spans_by_start_end_and_kind(run, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_bytes("\ufeffSgt Barlow came.\r\n\nRing O’Brien on 07700 900123".encode())
    code, out, err = run("privacy", text, "--json")
    assert (code, err) == (0, [])
    assert [json.loads(line) for line in out.splitlines()] == [
        {"line": 1, "spans": [{"start": 0, "end": 10, "kind": "name"}]},
        {"line": 2, "spans": []},
        {
            "line": 3,
            "spans": [
                {"start": 5, "end": 12, "kind": "name"},
                {"start": 16, "end": 28, "kind": "phone"},
            ],
        },
    ]


def test_it_finds_in_a_file_what_was_measured(run, tmp_path):
    sentences = read("tuning")
    text = tmp_path / "tuning.txt"
    text.write_text("".join(f"{s['text']}\n" for s in sentences), encoding="utf-8")
    _, out, _ = run("privacy", text, "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert [line["line"] for line in lines] == list(range(1, len(sentences) + 1))
    assert sum(bool(line["spans"]) for line in lines) == sum(bool(s["spans"]) for s in sentences)


def test_a_place_that_is_named_is_not_flagged(run, tmp_path):
    text = tmp_path / "notes.txt"
    text.write_text("We told Hartwell.\n", encoding="utf-8")
    assert json.loads(run("privacy", text, "--json")[1])["spans"]
    assert not json.loads(run("privacy", text, "--json", "--place", "Hartwell")[1])["spans"]


def test_a_missing_file_or_one_that_is_no_text_exits_2(run, tmp_path):
    none = tmp_path / "none.txt"
    assert run("privacy", none, "--json") == (2, "", [f"There is no file {none}."])
    other = tmp_path / "picture"
    other.write_bytes(b"\x89PNG\xff")
    assert run("privacy", other, "--json") == (2, "", [f"{other} is not a text file in UTF-8."])
    assert run("privacy", none)[0] == 2
