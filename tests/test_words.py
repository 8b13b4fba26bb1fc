"""What people read is plain English: no words that make a British volunteer stumble, and each
abbreviation is explained in the glossary."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import visitapp
from tests import trees
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
    "persistence/settings_digests.py",  # why tables have no digest: for tests
)
# names of things of other people, and words of calendar files
NO_WORDS = {"GNU", "JSON", "ISC", "MIT", "SIL", "MB", "SUM", "XFD", "UI", "UK", "PDFs"}


@pytest.fixture(scope="module", autouse=True)
def _trees() -> Iterator[None]:
    with trees.kept_for_a_while():
        yield


def modules() -> dict[str, ast.Module]:
    """The modules of the package, parsed, by their paths in it."""
    return {
        path.relative_to(PACKAGE).as_posix(): trees.tree(path)
        for path in sorted(PACKAGE.rglob("*.py"))
    }


@cache
def sentences() -> tuple[tuple[str, str], ...]:
    """Where it is, and its words: each string with a space that isn't a docstring."""
    return tuple(_sentences())


def _sentences() -> Iterator[tuple[str, str]]:
    for where, tree in modules().items():
        if not where.startswith(NOT_READ):
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
    """Lines with a plural, a share, a list or a first letter that `domain/text/wording` didn't
    make."""
    return [node.lineno for node in ast.walk(module) if isinstance(node, ast.expr) and _is(node)]


def _is(node: ast.expr) -> bool:
    match node:
        case ast.IfExp():
            return _parts_one_from_several(node.test) and _are_forms(node.body, node.orelse)
        case ast.Call(func=ast.Attribute(attr="get", value=ast.Dict() as forms)):
            return _has_form_for_one(forms)
        case ast.JoinedStr():
            return _is_share(node.values)
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


def _parts_one_from_several(test: ast.expr) -> bool:
    """`n == 1`, `n != 1`, `n > 1`, `n <= 1`, `n < 2`, `n >= 2`."""
    match test:
        case ast.Compare(
            ops=[ast.Eq() | ast.NotEq() | ast.Gt() | ast.LtE()],
            comparators=[ast.Constant(value=1)],
        ):
            return True
        case ast.Compare(ops=[ast.Lt() | ast.GtE()], comparators=[ast.Constant(value=2)]):
            return True
    return False


def _are_forms(one: ast.expr, several: ast.expr) -> bool:
    """Two texts; or an ending such as `s`, and nothing."""
    texts = [
        branch.value if isinstance(branch, ast.Constant) else branch for branch in (one, several)
    ]
    if all(isinstance(text, ast.JoinedStr) or (isinstance(text, str) and text) for text in texts):
        return True
    return "" in texts and any(
        isinstance(text, str) and text in ("s", "es", "s.") for text in texts
    )


def _has_form_for_one(forms: ast.Dict) -> bool:
    """`{1: "1 visit"}`, `{1: "once"}`."""
    pairs = zip(forms.keys, forms.values, strict=True)
    return any(
        isinstance(key, ast.Constant)
        and key.value == 1
        and isinstance(form, ast.Constant)
        and re.search(r"\b(1|one|once)\b", str(form.value)) is not None
        for key, form in pairs
    )


def _is_share(parts: list[ast.expr]) -> bool:
    """`{12} of {35}`; what is of a name, and words of a thing, are no share."""
    return any(
        isinstance(before, ast.FormattedValue)
        and isinstance(between, ast.Constant)
        and between.value == " of "
        and not re.search("name|words", ast.unparse(before) + ast.unparse(after))
        for before, between, after in zip(parts, parts[1:], parts[2:], strict=False)
    )


def lines_of(
    seen: Callable[[ast.Module], list[int]], apart: tuple[str, ...]
) -> dict[str, list[int]]:
    """The lines that a rule sees, by module, without modules whose path begins with one of
    `apart`."""
    lines = {name: seen(module) for name, module in modules().items() if not name.startswith(apart)}
    return {name: numbers for name, numbers in lines.items() if numbers}


def test_plurals_shares_lists_and_first_letters_are_worded_in_one_place() -> None:
    # errors stand below the domain's texts
    assert lines_of(_worded_by_hand, ("domain/text/wording.py", "domain/errors.py")) == {}


@pytest.mark.parametrize(
    "words",
    [
        "'1 visit' if n == 1 else f'{n} visits'",
        "f'{n} agree' if n != 1 else 'one agrees'",
        "f'{n} visits' if n > 1 else 'a visit'",
        "'s' if n > 1 else ''",
        "'' if n < 2 else 's'",
        "{0: 'no visits', 1: '1 visit'}.get(n, f'{n} visits')",
        "{1: 'once'}.get(n, f'{n} times')",
        "f'{a} of {b} timeslots'",
        "' and '.join(names)",
        "name[:1].lower() + name[1:]",
        "name[0].upper()",
    ],
)
def test_words_made_by_hand_are_seen(words: str) -> None:
    assert _worded_by_hand(ast.parse(words))


@pytest.mark.parametrize(
    "words",
    [
        "f', and {n - 1} more' if n > 1 else ''",
        "{0: 'today', 1: 'tomorrow'}.get(n, f'in {n} days')",
        "f'change the record of {self.name(row)}'",
    ],
)
def test_what_is_no_plural_and_no_share_is_let_be(words: str) -> None:
    assert not _worded_by_hand(ast.parse(words))


# what other people and programs wrote is read there, and what was stored as text
READ = (
    "domain/privacy/",
    "domain/text/",
    "domain/office/codes.py",  # labels that people word
    "domain/office/grid.py",
    "domain/report/place.py",  # places as they are stored
    "domain/report/visit.py",  # reasons as they are stored
    "exchange/",
    "demonstration/source.py",
    "persistence/dialect.py",  # the messages of SQLite
    "reporting/pdf/",
    "security/nearby_files.py",  # names of files
    "services/plan/by_hand.py",  # how a plan came about, as it is stored
    "ui/look/stylesheet.py",
)
CUTS = {"split", "rsplit", "partition", "rpartition", "startswith", "endswith", "removeprefix",
        "removesuffix"}  # fmt: skip
PHRASE = re.compile(r"\w[\w’']* [\w’']*\w|[A-Z][a-z]+\b.*")
MARK = re.compile(r"[:,;.?!] ?| (of|in|and|or) ")


def _read_back(module: ast.Module) -> list[int]:
    """Lines that cut words at a mark, look for a phrase in them, or compare them with one."""
    own = {
        target.id: statement.value
        for statement in module.body
        if isinstance(statement, ast.Assign)
        for target in statement.targets
        if isinstance(target, ast.Name)
    }

    def text(node: ast.expr) -> str:
        node = own.get(node.id, node) if isinstance(node, ast.Name) else node
        return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""

    def is_read(node: ast.AST) -> bool:
        match node:
            case ast.Call(func=ast.Attribute(attr=attr, value=of), args=[first, *_]):
                is_key = isinstance(of, ast.Attribute) and of.attr == "key"
                cut = PHRASE.match(text(first)) or MARK.fullmatch(text(first))
                return attr in CUTS and cut is not None and not is_key
            case ast.Compare(left=left, ops=[ast.In() | ast.NotIn()]):
                return re.search(r"\w \w|^[:,;.?!] ?$", text(left)) is not None
            case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
                return any(PHRASE.fullmatch(text(side)) for side in (left, right))
        return False

    return [
        node.lineno for node in ast.walk(module) if isinstance(node, ast.expr) and is_read(node)
    ]


def test_no_code_reads_a_sentence_back() -> None:
    """Whatever decides gets a value; words are made of it last."""
    assert lines_of(_read_back, READ) == {}


@pytest.mark.parametrize(
    "words",
    [
        "sentence.split(':')[0]",
        "code.label.partition(', ')[0]",
        "sentence.startswith('Done, but')",
        "PROBLEM = 'It causes a problem'\nsentence.startswith(PROBLEM)",
        "_SAVED = 'Saved '\nwords.startswith(_SAVED)",
        "one.endswith('?')",
        "words.removeprefix('Visit ')",
        "share.partition(' in ')",
        "'has all' in reason",
        "'asked for' not in words",
        "':' not in line.value",
        "who == 'Somebody'",
        "title != 'Response in'",
    ],
)
def test_a_sentence_that_is_read_back_is_seen(words: str) -> None:
    assert _read_back(ast.parse(words))


@pytest.mark.parametrize(
    "words",
    ["code == 'RESPONSE'", "'visit_ref' in values", "key == 'record'", "' '.join(a.split())"],
)
def test_a_code_or_key_is_no_sentence(words: str) -> None:
    assert not _read_back(ast.parse(words))


def test_no_other_sentence_names_a_commissioner() -> None:
    naming = re.compile(r"ommissioner|\bPCC\b")
    others = "published_indicators.json"  # what other bodies are called
    found = {where for where, words in sentences() if naming.search(words)}
    assert found == {"domain/office/body.py", "domain/text/glossary.py", others}
    files = (path for path in REFERENCE.rglob("*.json") if path.name != others)
    texts = {path.name: path.read_text(encoding="utf-8") for path in files}
    assert [name for name, text in texts.items() if naming.search(text)] == []
