"""What people read is plain English: no words that make a British volunteer stumble, and each
abbreviation is explained in the glossary."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import visitapp
from visitapp.domain.text.glossary import GLOSSARY, entries, named

PACKAGE = Path(visitapp.__file__).parent
REFERENCE = PACKAGE.parent / "db" / "reference"

BANNED = re.compile(
    r"\b(anew|heeded|lately|told|tell|whoever|whence|thereby|herein|thereof|stands?|stood"
    r"|beside|besides|came of it|became of|kept with|is there already|all the same|bring in"
    r"|brought in|take out|in the meantime|meanwhile)\b",
    re.IGNORECASE,
)
# a person is meant who says something to another, or something that is kept and not only saved
ALLOWED = {
    "tell your scheme manager",
    "do not tell anyone at the suite",
    "tell the custody inspector",
    "tell them apart",
    "tell only the scheme manager",
    "only the two of you will be told",
    "told of their rights",
    "what you were told",
    "as you were told",
    "stands for a hidden day",
    "what were you told?",  # questions of the forms
    "were you told of any risks",
    "told which animals are there",
    "told what to do if there is a fire",
    "brought in from earlier records; not confirmed on this copy.",  # on reports given out
}
# patterns of the privacy guard, PDF and style sheets are no sentences
NOT_READ = (
    "domain/privacy/",
    "reporting/pdf/",
    "ui/look/stylesheet.py",
    "exchange/calendar_file.py",
    "services/demonstration/",  # made-up reports, in the words of many hands
    "persistence/kept.py",  # why tables have no digest: for tests
)
# names of things of other people, and words of calendar files
NO_WORDS = {"GNU", "ISC", "MIT", "SIL", "MB", "SUM", "XFD", "UI", "UK", "PDFs"}


def sentences() -> Iterator[tuple[str, str]]:
    """Where it is, and its words: each string with a space that isn't a docstring."""
    for path in sorted(PACKAGE.rglob("*.py")):
        where = path.relative_to(PACKAGE).as_posix()
        if not where.startswith(NOT_READ):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            yield from ((where, words) for words in _strings(tree) if " " in words.strip())
    for path in sorted(REFERENCE.rglob("*.json")):
        if path.parent.name != "privacy":
            loaded = json.loads(path.read_text(encoding="utf-8"))
            yield from ((path.name, words) for words in _values(loaded) if " " in words)


def _strings(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.JoinedStr):
        parts = [str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values]
        yield "".join(parts)
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from _strings(value.value)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def _values(loaded: Any) -> Iterator[str]:
    if isinstance(loaded, str):
        yield loaded
    elif isinstance(loaded, dict | list):
        for value in loaded.values() if isinstance(loaded, dict) else loaded:
            yield from _values(value)


def test_sentences_have_no_words_that_make_people_stumble() -> None:
    found = []
    for where, words in sentences():
        rest = words.lower()
        for phrase in ALLOWED:
            rest = rest.replace(phrase, "")
        if BANNED.search(rest):
            found.append(f"{where}: {words}")
    assert found == []


def test_what_the_test_of_words_looks_for_is_found() -> None:
    tree = ast.parse('"""told"""\nx = f"It is {x} anew"  # told\ny = g("It stands " "here.")')
    assert list(_strings(tree)) == ["It is {} anew", "It stands here."]
    assert all(BANNED.search(words) for words in _strings(tree))


def test_a_word_of_the_glossary_is_explained_in_plain_text() -> None:
    assert len({one.word.casefold() for one in GLOSSARY}) == len(GLOSSARY)
    assert [one.word for one in GLOSSARY] == sorted(
        (one.word for one in GLOSSARY), key=lambda word: word.casefold().replace("’", "")
    )
    for one in GLOSSARY:
        assert re.fullmatch(r"[A-Z0-9][^<>&*#\n]{10,320}\.", one.meaning), one.word
        assert not BANNED.search(one.meaning.replace("Tell only", "").replace("tell", "")), one.word


def test_each_abbreviation_that_is_shown_is_in_the_glossary() -> None:
    explained = {word for one in GLOSSARY for word in (one.word.split()[0], *one.also)}
    explained |= {"UTF", "ICV", "AWV", "PACE", "TACT", "PCC"}
    shown: dict[str, str] = {}
    for where, words in sentences():
        for short in re.findall(r"\b[A-Z]{2,}s?\b", re.sub(r"\{.*?\}", "", words)):
            if not where.startswith("persistence/"):  # SQL
                shown[short] = f"{where}: {words}"
    unknown = {short: said for short, said in shown.items() if short not in explained | NO_WORDS}
    assert "TACT" in shown
    assert unknown == {}


def test_a_word_is_found_by_its_letters_then_by_what_it_means() -> None:
    assert entries() == GLOSSARY
    assert [one.word for one in entries("tact")][:1] == ["TACT"]
    assert [one.word for one in named("terrorism act")] == ["TACT"]
    assert "Suite" in [one.word for one in entries("cells")]
    assert named("no such word") == ()


def _worded_by_hand(module: ast.AST) -> list[int]:
    """Lines with a plural, a list or a first letter that is not made by `domain/text/wording`."""
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.expr) and _is(node)]


def _is(node: ast.expr) -> bool:
    match node:
        case ast.IfExp(
            test=ast.Compare(ops=[ast.Eq() | ast.NotEq()], comparators=[ast.Constant(value=1)]),
            body=body,
            orelse=orelse,
        ):
            return all(
                isinstance(branch, ast.JoinedStr)
                or (isinstance(branch, ast.Constant) and branch.value not in ("", None))
                for branch in (body, orelse)
            )
        case ast.Call(func=ast.Attribute(attr="join", value=ast.Constant(value=str(word)))):
            return word in (" and ", " or ")
        case ast.Call(
            func=ast.Attribute(
                attr="lower" | "upper",
                value=ast.Subscript(
                    slice=ast.Slice(lower=None, upper=ast.Constant(value=1)) | ast.Constant(value=0)
                ),
            )
        ):
            return True
    return False


def test_plurals_lists_and_first_letters_are_worded_in_one_place() -> None:
    apart = {"domain/text/wording.py", "domain/errors.py"}  # errors stand below the domain's texts
    lines = {
        path.relative_to(PACKAGE).as_posix(): _worded_by_hand(ast.parse(path.read_text("utf-8")))
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).as_posix() not in apart
    }
    assert {name: found for name, found in lines.items() if found} == {}


@pytest.mark.parametrize(
    "words",
    [
        "'1 visit' if n == 1 else f'{n} visits'",
        "f'{n} agree' if n != 1 else 'one agrees'",
        "' and '.join(names)",
        "name[:1].lower() + name[1:]",
        "name[0].upper()",
    ],
)
def test_words_made_by_hand_are_seen(words: str) -> None:
    assert _worded_by_hand(ast.parse(words))
