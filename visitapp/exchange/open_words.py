"""The words of a file that don't say by themselves what they mean: codes, times, names."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from visitapp.domain.errors import BadInputError
from visitapp.domain.import_layout import (
    ALL_SCHEMES,
    NEW,
    PEOPLE,
    TITLE,
    ImportLayout,
    WordToMatch,
)
from visitapp.domain.importing import AVAILABILITY_SHEET, REGISTER, VISITS
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.text.folding import folded
from visitapp.exchange.cells import Cell, as_minute, as_name, as_text, as_whole, as_yes_no
from visitapp.exchange.cells import is_no_name as is_nobody
from visitapp.exchange.columns import COLUMNS_OF, CellKind, ImportColumn
from visitapp.exchange.likely_names import in_order, likely_person, likely_site
from visitapp.exchange.lines import PARTS_OF_DAY
from visitapp.exchange.names import Codes, KnownRecords, Names
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.sheets import ImportSheet
from visitapp.exchange.translating import read_by_layout
from visitapp.exchange.weekly import (
    answer_in,
    band_choices,
    exact_bands,
    likely_bands,
    times_of_row,
)

MOST_WORDS = 500
"""More different words in a column than this aren't codes, and no office has as many people."""
_NOTHING = (("", "Nothing: leave it empty"),)
_NO_TIME = (("", "No time: the visit will count, but not in any timeslot"),)
_ALL = frozenset(("all", "both", "allschemes", "bothschemes", "every"))
_YES_NO = (("yes", "Yes"), ("no", "No"), *_NOTHING)
Read = Mapping[str, ImportSheet]
_NUMBERS, _WORDS = re.compile(r"[0-9]+"), re.compile(r"\w+")
Counted = dict[tuple[str, str], int]


def words_to_match(
    raw: Sequence[RawSheet], layout: ImportLayout, known: KnownRecords
) -> tuple[WordToMatch, ...]:
    """Every word that says nothing by itself, by column and then as often as it stands there, even
    if the layout decides about it."""
    without = ImportLayout(layout.sheets, layout.columns, layout.fixed)
    read, _ = read_by_layout(raw, without)
    words = [*_schemes(read, known), *_codes(read, layout, known)]
    words += [*_simple(read), *_sites(read, known, layout), *_people(read, known)]
    words += _times(read, known)
    return tuple(words)


def _cells(read: Read, names: Iterable[str], as_written: Callable[[Cell], str]) -> Counted:
    """How often each text stands in columns, the most frequent first."""
    wanted, counts = frozenset(names), Counted()
    for kind, sheet in read.items():
        for row in sheet.rows:
            for column, cell in row.cells.items():
                if column in wanted and column not in row.bad:
                    key = kind, as_written(cell)
                    counts[key] = counts.get(key, 0) + 1
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return dict(ordered[:MOST_WORDS])


def _schemes(read: Read, known: KnownRecords) -> Iterable[WordToMatch]:
    names = Names(known, create_missing=False)
    choices = tuple((scheme.name, scheme.name) for scheme in known.schemes)
    if VISITS not in read and len(choices) > 1:
        choices = (*choices, (ALL_SCHEMES, "All of them"))
    for (_, written), cells in _cells(read, ("scheme",), as_text).items():
        if VISITS not in read and is_every_scheme(written):
            continue
        try:
            names.scheme(written)
        except BadInputError:
            likely = [name for name, _ in choices if folded(written) in folded(name)]
            yield WordToMatch("scheme", written, cells, choices, likely[0] if likely else "")


def is_every_scheme(written: str) -> bool:
    """Whether somebody is in all schemes of the office."""
    return written == ALL_SCHEMES or folded(written) in _ALL


def scheme_of(layout: ImportLayout, known: KnownRecords) -> Scheme:
    """The scheme whose lists the codes are looked up in: the only one, or the first."""
    wanted = layout.fixed.get("scheme", "")
    named = [scheme for scheme in known.schemes if folded(scheme.name) == folded(wanted)]
    return named[0] if named else known.schemes[0]


def _codes(read: Read, layout: ImportLayout, known: KnownRecords) -> Iterable[WordToMatch]:
    codes, scheme = Codes(known.books), scheme_of(layout, known)
    book = known.books[scheme.id]
    for kind, column in _columns(read, CellKind.CODE):
        choices = (*_choices(book, column.coded_list), *_NOTHING)
        for (of_kind, written), cells in _cells(read, (column.name,), as_text).items():
            if of_kind != kind:
                continue
            try:
                codes.code(scheme.id, column.coded_list, written)
            except BadInputError:
                likely = _likely_code(written, book, column.coded_list)
                yield WordToMatch(column.name, written, cells, choices, likely)


def _choices(book: CodeBook, coded_list: str) -> tuple[tuple[str, str], ...]:
    return tuple((code.code, code.label) for code in book[coded_list])


def _likely_code(written: str, book: CodeBook, coded_list: str) -> str:
    """The only code whose label begins with what is written, or contains it, or has the same
    numbers: `M`, `British`, `25 to 34`."""
    wanted, words, numbers = folded(written), _words(written), _NUMBERS.findall(written)
    labels = {code.code: code.label for code in book[coded_list]}
    beginning = [code for code, label in labels.items() if folded(label).startswith(wanted)]
    containing = [code for code, label in labels.items() if _begin(words, _words(label))]
    contained = [code for code, label in labels.items() if _words(label) <= words]
    numbered = [code for code, label in labels.items() if numbers == _NUMBERS.findall(label)]
    for fitting in (beginning, containing, contained, numbered if numbers else ()):
        if wanted and len(fitting) == 1:
            return fitting[0]
    return ""


def _begin(words: Iterable[str], others: Iterable[str]) -> bool:
    """Whether each word begins one of others."""
    own = tuple(others)
    return all(any(other.startswith(word) for other in own) for word in words)


def _words(text: str) -> frozenset[str]:
    return frozenset(folded(word) for word in _WORDS.findall(text))


def _simple(read: Read) -> Iterable[WordToMatch]:
    """Times, numbers and answers that can't be read as such."""
    for holds, meaning, choices in (
        (CellKind.TIME, as_minute, _NOTHING),
        (CellKind.WHOLE, as_whole, _NOTHING),
        (CellKind.YES_NO, as_yes_no, _YES_NO),
    ):
        for kind, column in _columns(read, holds):
            for (of_kind, written), cells in _cells(read, (column.name,), as_text).items():
                if of_kind != kind or _has_meaning(written, meaning):
                    continue
                at_first = column.name == "arrived"
                if at_first and folded(written) in PARTS_OF_DAY:
                    continue
                answer = answer_in(written) if holds is CellKind.YES_NO else None
                likely = {True: "yes", False: "no", None: ""}[answer]
                offered = _NO_TIME if at_first else choices
                yield WordToMatch(column.name, written, cells, offered, likely)


def _has_meaning(written: str, meaning: Callable[[Cell], object]) -> bool:
    try:
        meaning(written)
    except BadInputError:
        return False
    return True


def _columns(read: Read, holds: CellKind) -> Iterable[tuple[str, ImportColumn]]:
    for kind, sheet in read.items():
        for column in COLUMNS_OF[kind]:
            if column.holds is holds and column.name in sheet.columns:
                yield kind, column


def _sites(read: Read, known: KnownRecords, layout: ImportLayout) -> Iterable[WordToMatch]:
    scheme = scheme_of(layout, known)
    by_row = "scheme" not in layout.fixed
    names = [site.name for site in known.sites if by_row or site.scheme_id == scheme.id]
    there = {*map(folded, names), *(name for _, name in known.other_sites)}
    choices = (*((name, name) for name in names), (NEW, "A new site, not in Settings yet"))
    for (_, written), cells in _cells(read, ("site",), as_name).items():
        if folded(written) not in there and not is_nobody(written):
            likely = likely_site(written, names) or NEW
            yield WordToMatch("site", written, cells, choices, likely)


def _people(read: Read, known: KnownRecords) -> Iterable[WordToMatch]:
    names = [person.name for person in known.people]
    there = {folded(name) for name in names}
    new = () if AVAILABILITY_SHEET in read else ((NEW, "A new person, not in People yet"),)
    choices = (*((name, name) for name in names), *new, ("", "Nobody: leave it empty"))
    columns = ("visitor_1", "visitor_2", "observer", "name")
    for (kind, written), cells in _cells(read, columns, as_name).items():
        is_known = folded(written) in there and kind not in REGISTER  # may be a namesake
        if not is_known and not is_nobody(written):
            likely = likely_person(written, names) or (NEW if new else "")
            yield WordToMatch(PEOPLE, written, cells, choices, likely)


def _times(read: Read, known: KnownRecords) -> Iterable[WordToMatch]:
    """Times of availability that are no timeslots of ours, such as `AM` or 9:00-11:00."""
    counts: dict[str, int] = {}
    for row in read[AVAILABILITY_SHEET].rows if AVAILABILITY_SHEET in read else ():
        try:
            for _, word in times_of_row(row.cells):
                counts[word] = counts.get(word, 0) + 1
        except BadInputError:
            continue  # is a problem of the row
    choices = (*band_choices(known.bands), ("", "Nothing: not available then"))
    for word, cells in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS]:
        if exact_bands(word, known.bands) is None:
            yield WordToMatch("time", word, cells, choices, likely_bands(word, known.bands))


def chosen_as_new(layout: ImportLayout) -> tuple[frozenset[str], frozenset[str]]:
    """The folded names of the sites and of the people that somebody chose to add."""
    sites, people = (
        [written for written, instead in layout.words.get(column, {}).items() if instead == NEW]
        for column in ("site", PEOPLE)
    )
    return frozenset(map(folded, sites)), frozenset(folded(in_order(name)) for name in people)


def as_remembered(layout: ImportLayout) -> ImportLayout:
    """What holds for the next file too. That may be of another site; and who was new is known by
    then, by the name that the import gave them."""
    fixed = dict(layout.fixed)
    titles = [sheet.title for sheet in layout.of_kind(VISITS)]
    # the only sheet may be called so in every file, whatever its site
    is_any = len(titles) == 1 and as_name(titles[0]) in layout.words.get("site", {})
    if "site" in fixed and (fixed["site"] != TITLE or is_any):
        fixed["site"] = ""
    words = {
        column: {
            written: in_order(written) if instead == NEW and column == PEOPLE else instead
            for written, instead in chosen.items()
            if instead != NEW or column == PEOPLE
        }
        for column, chosen in layout.words.items()
    }
    return ImportLayout((), layout.columns, fixed, words)


def with_likely_words(layout: ImportLayout, words: Iterable[WordToMatch]) -> ImportLayout:
    """A layout with what is likely for every word that it doesn't decide."""
    chosen = {column: dict(of) for column, of in layout.words.items()}
    for word in words:
        of_column = chosen.setdefault(word.column, {})
        if word.written not in of_column and word.likely:
            of_column[word.written] = word.likely
    return ImportLayout(layout.sheets, layout.columns, layout.fixed, chosen)
