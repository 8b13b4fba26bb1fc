"""The script that changes rules and asks which test notices."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutating import reaching
from tests.mutating.changes import ROOT, mutants
from tests.mutating.findings import Findings

RULE = ROOT / "visitapp" / "domain" / "plan" / "rota_breaks.py"

TRY_A_RULE = """
import ast, sys
from tests.mutating.changes import ROOT, Mutant, mutants
from tests.mutating.reaching import Reaching
from tests.mutating.trying import is_killed
rule = ROOT / "visitapp" / "domain" / "plan" / "rota_breaks.py"
(change,) = [one for one in mutants(rule) if "in_week) >= MOST_A_WEEK ->" in one.name]
file = "tests/domain/plan/test_rota_breaks.py"
class Unchanged(Mutant):
    def tree(self):
        return ast.parse(rule.read_bytes())
def tried(what, name):
    test = f"{file}::test_{name}"
    return is_killed(what, Reaching({what.line: [test]}, [], frozenset(), {test: 0.1}))
of_week, of_wish = sys.argv[1:]
print(tried(Unchanged(**vars(change)), of_week), tried(change, of_week), tried(change, of_wish))
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="changes are tried in forked processes")
def test_a_change_is_noticed_by_the_test_of_its_rule_and_by_no_other() -> None:
    before = RULE.read_bytes()
    names = (
        "a_second_visit_of_a_week_is_allowed_and_a_third_is_not",
        "a_wish_is_told_on_its_days_only",
    )
    done = subprocess.run(
        [sys.executable, "-c", TRY_A_RULE, *names],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout.split() == ["False", "True", "False"]
    assert RULE.read_bytes() == before, "the file stays as it is"


def test_each_change_has_a_name_of_its_own() -> None:
    names = [one.name for one in mutants(RULE)]
    assert len(names) == len(set(names)) > 20


def test_findings_hold_as_long_as_the_module_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.mutating.changes.ROOT", tmp_path)
    monkeypatch.setattr("tests.mutating.findings.ROOT", tmp_path)
    monkeypatch.setattr("tests.mutating.findings.KEPT", tmp_path)
    module = tmp_path / "rule.py"
    module.write_text("def is_late(days):\n    return days > 3\n", "utf-8")
    first, second = mutants(module)
    Findings(module).keep(first)
    assert Findings(module).is_killed(first)
    assert not Findings(module).is_killed(second)
    module.write_text("def is_late(days):\n    return days > 4\n", "utf-8")
    assert not Findings(module).is_killed(first)


def test_reach_is_measured_again_only_for_tests_that_changed_or_whose_module_did(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from coverage import CoverageData

    monkeypatch.setattr(reaching, "ROOT", tmp_path)
    monkeypatch.setattr(reaching, "KEPT", tmp_path)
    rule, other, test = (tmp_path / name for name in ("rule.py", "other.py", "test_rule.py"))
    for path in (rule, other, test):
        path.write_text("late = 1\nif late:\n    pass\n", "utf-8")
    data = CoverageData(str(tmp_path / "measured"))
    data.set_context("")
    data.add_lines({str(rule): [1], str(other): [1]})
    data.set_context("test_rule.py::test_it|run")
    data.add_lines({str(rule): [2, 3]})
    data.write()
    times = tmp_path / "times.xml"
    times.write_text(
        '<s><testcase classname="test_rule" name="test_it" time="0.5"/></s>', encoding="utf-8"
    )
    assert not reaching.is_measured(test, {"rule.py": "?"})
    reaching.keep_measured([test], tmp_path / "measured", times)
    marks = {path.name: reaching.mark_of(path) for path in (rule, other)}
    assert reaching.is_measured(test, marks)
    known = reaching.reaching_tests(["test_rule.py"], [rule])["rule.py"]
    assert known.by_line == {2: ["test_rule.py::test_it"], 3: ["test_rule.py::test_it"]}
    assert known.loading == {1}
    assert known.seconds == {"test_rule.py::test_it": 0.5}
    assert reaching.is_measured(test, {**marks, "other.py": "changed, but no test runs it"})
    assert not reaching.is_measured(test, {**marks, "rule.py": "changed"})
    test.write_text("pass\n", "utf-8")
    assert not reaching.is_measured(test, marks)
