"""A view model is called `viewmodel` and a table model `tablemodel`, wherever it is."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UI = sorted((ROOT / "visitapp" / "ui").rglob("*.py"))
FILES = [*UI, *sorted((ROOT / "tests").rglob("*.py"))]
KINDS = ("ViewModel", "TableModel")


def is_name_of(kind: str, name: str) -> bool:
    """`viewmodel`, or `home_viewmodel` where there are several."""
    return bool(re.fullmatch(rf"_?(\w+_)?{kind.lower()}|_", name))


def model_class(node: ast.AST | None) -> str:
    """ViewModel or TableModel for an annotation with, or a call of, such a class; else empty."""
    named = node.func if isinstance(node, ast.Call) else node
    words = ast.unparse(named) if named is not None else ""
    match = re.fullmatch(r"['\"]?[\w.]*\w(ViewModel|TableModel)( \| None)?['\"]?", words)
    return match[1] if match else ""


def models_by_another_name(module: ast.AST) -> list[str]:
    """Variables, attributes and parameters annotated or assigned with a model class."""
    pairs: list[tuple[ast.AST, ast.AST | None]] = []
    for node in ast.walk(module):
        match node:
            case ast.arg(annotation=annotation):
                pairs.append((node, annotation))
            case ast.AnnAssign(target=target, annotation=annotation):
                pairs.append((target, annotation))
            case ast.Assign(targets=[ast.Tuple(elts=targets)], value=ast.Tuple(elts=values)):
                pairs += zip(targets, values, strict=False)
            case ast.Assign(targets=targets, value=value):
                pairs += [(target, value) for target in targets]
    wrong = []
    for target, value in pairs:
        kind = model_class(value)
        name = getattr(target, "arg", getattr(target, "attr", getattr(target, "id", "_")))
        if kind and not is_name_of(kind, name):
            wrong.append(f"line {target.lineno}: {name}")  # type: ignore[attr-defined]
    return wrong


def test_what_holds_a_model_has_its_name():
    assert len(FILES) > 300
    names = {
        path.relative_to(ROOT).as_posix(): models_by_another_name(ast.parse(words))
        for path in FILES
        if any(kind in (words := path.read_text("utf-8")) for kind in KINDS)
    }
    assert {path: lines for path, lines in names.items() if lines} == {}


def test_the_module_of_a_model_has_its_name():
    modules = {
        (kind, path.stem)
        for path in UI
        for node in ast.parse(path.read_text("utf-8")).body
        for kind in KINDS
        if isinstance(node, ast.ClassDef) and node.name.endswith(kind)
    }
    assert len(modules) > 5
    assert [names for names in sorted(modules) if not is_name_of(*names)] == []


@pytest.mark.parametrize(
    "words",
    ["model = HomeViewModel(context)", "self.model = HomeViewModel(context)",
     "def f(model: HomeViewModel | None): pass", "self.rows: RowsTableModel = rows()",
     "people, home = 1, HomeViewModel(context)", "def f(model: 'RowsTableModel'): pass"],
)  # fmt: skip
def test_a_model_by_another_name_is_seen(words: str):
    assert models_by_another_name(ast.parse(words))


@pytest.mark.parametrize(
    "words",
    ["self._viewmodel = HomeViewModel(context)", "def f(home_viewmodel: HomeViewModel): pass",
     "needs = HomeViewModel(context).needs()", "models: list[RowsTableModel] = []"],
)  # fmt: skip
def test_its_name_and_what_only_comes_from_it_are_not(words: str):
    assert models_by_another_name(ast.parse(words)) == []
