"""The command that prints the access register."""

import json
from dataclasses import replace

import pytest

from visitapp import bootstrap

KEY = bytes(range(32))


@pytest.fixture
def used(named):
    """A file whose manager changed something."""
    with bootstrap.open_with_key(named, KEY, hold=True) as opened:
        setup = opened.services.setup
        setup.save_office(replace(setup.office(), area="Elsewhere"))
        opened.services.people.people()
    return named


def test_lines_are_printed_newest_first(run, used):
    code, out, err = run("register")
    assert (code, err) == (0, [])
    lines = out.splitlines()
    assert [line.partition("  ")[2] for line in lines] == [
        "Mary Manager (manager): People, read once",
        "Mary Manager (manager): Settings, 1 changed",
    ]


def test_json_has_each_value_and_no_content(run, used):
    code, out, _ = run("register", "--json", "--kind", "settings")
    (entry,) = json.loads(out)["entries"]
    assert code == 0
    assert entry.keys() == {"at", "by", "role", "kind", "deed", "number"}
    expected = ("Mary Manager", "manager", "settings", "changed", 1)
    assert tuple(entry.values())[1:] == expected


def test_other_days_and_kinds_have_no_lines(run, used):
    assert run("register", "--from", "2020-04-01", "--to", "2020-04-30") == (0, "", [])
    assert run("register", "--kind", "moment") == (0, "", [])
    assert run("register", "--kind", "everything")[0] == 2
