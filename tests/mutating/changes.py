"""The changes that can be made to the rules of a module, one at a time."""

import ast
import copy
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = ("visitapp/domain", "visitapp/planning")
KEPT = ROOT / "build" / "mutants"

_COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
_OPERATORS = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
              ast.Div: ast.Mult, ast.Mod: ast.Mult}  # fmt: skip
_CALLS = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    """One change of a module. `name` stays the same when lines come or go elsewhere: the module,
    the words of the line, and what becomes of what."""

    module: str
    line: int
    name: str
    rule: int
    """Which of the module's rules is changed, and `way` how."""
    way: int

    def tree(self) -> ast.Module:
        """The changed module."""
        tree = ast.parse((ROOT / self.module).read_bytes())
        rule = next(itertools.islice(_rules(tree), self.rule, None))
        _changes(rule)[self.way]()
        return ast.fix_missing_locations(tree)


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change of a module, in the order of its lines."""
    source, module = path.read_text("utf-8"), path.relative_to(ROOT).as_posix()
    lines, seen = source.splitlines(), Counter[str]()
    for rule, node in enumerate(_rules(ast.parse(source))):
        for way in range(len(_changes(node))):
            changed = copy.deepcopy(node)
            _changes(changed)[way]()
            words = f"{lines[node.lineno - 1].strip()} [{_words(node)} -> {_words(changed)}]"
            seen[words] += 1
            again = f" ({seen[words]})" if seen[words] > 1 else ""
            yield Mutant(module, node.lineno, f"{module}: {words}{again}", rule, way)


def _words(node: ast.expr | ast.stmt) -> str:
    return ast.unparse(node.test if isinstance(node, ast.If | ast.While) else node)


def _rules(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    """The nodes that decide anything: no annotation, decorator, default of a field or docstring."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.keyword) and node.arg == "strict":
            continue  # it changes only what happens to a fault
        if isinstance(node, ast.expr | ast.stmt):
            yield node
        fields = [
            value
            for name, value in ast.iter_fields(node)
            if name not in ("annotation", "returns", "decorator_list", "bases")
        ]
        kept = [
            child for value in fields for child in (value if isinstance(value, list) else [value])
        ]
        yield from _rules(ast.Module([child for child in kept if isinstance(child, ast.AST)], []))


def _changes(node: ast.AST) -> list[Callable[[], None]]:
    """What can be done to a node; each call changes it in place."""
    if isinstance(node, ast.Compare):
        others = [_COMPARISONS[type(sign)] for sign in node.ops]
        return [
            lambda at=at, other=other: node.ops.__setitem__(at, other())
            for at, other in enumerate(others)
        ]
    if isinstance(node, ast.BoolOp):
        other = ast.Or if isinstance(node.op, ast.And) else ast.And
        return [lambda: setattr(node, "op", other())]
    if isinstance(node, ast.BinOp) and type(node.op) in _OPERATORS:
        return [lambda: setattr(node, "op", _OPERATORS[type(node.op)]())]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        return [lambda: setattr(node.func, "id", _CALLS[node.func.id])]
    if isinstance(node, ast.Constant) and isinstance(node.value, int):
        value = node.value
        other = not value if isinstance(value, bool) else value + 1
        return [lambda: setattr(node, "value", other)]
    if isinstance(node, ast.If | ast.IfExp | ast.While):
        test = node.test
        if isinstance(test, ast.Compare | ast.BoolOp) or ast.unparse(test) == "TYPE_CHECKING":
            return []
        bare = test.operand if isinstance(test, ast.UnaryOp) else ast.UnaryOp(ast.Not(), test)
        return [lambda: setattr(node, "test", ast.copy_location(bare, test))]
    return []
