"""Turns the rows of a sheet of people into entries of the register, or into problems."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.importing import PEOPLE_SHEET, ImportProblem
from visitapp.domain.office.credential import Credential, CredentialKind, newest
from visitapp.domain.office.people import LEAVE, Clearance, Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.status_change import ENDED
from visitapp.domain.office.volunteer_file import VolunteerFile, new_file
from visitapp.domain.register_import import PeoplePlan, PersonEntry
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import capitalised, number_of
from visitapp.exchange.alike_people import Lookalikes
from visitapp.exchange.checking import months_in_doubt
from visitapp.exchange.filling import Filling, same_number, same_text, telephone_in
from visitapp.exchange.likely_names import in_order
from visitapp.exchange.lines import ImportLine, lines_of
from visitapp.exchange.membership_rows import MembershipRow, filled_memberships
from visitapp.exchange.names import Codes, KnownRecords, Names
from visitapp.exchange.open_words import is_every_scheme
from visitapp.exchange.sheets import ImportSheet

_ZERO_LOST = "had lost the 0 at the start. We put it back."


class PeopleChecker:
    """Checks rows one by one. `new_people`: the folded names that may be added; None: all."""

    def __init__(
        self,
        known: KnownRecords,
        files: Mapping[UUID, VolunteerFile],
        new_people: frozenset[str] | None,
    ) -> None:
        self._known, self._files, self._new = known, files, new_people
        self._codes, self._names = Codes(known.books), Names(known, create_missing=False)
        self._animals = [s for s in known.schemes if s.kind is Kind.ANIMAL_WELFARE]
        counted = (person.id for person in known.people if person.same_as is None)
        self._lookalikes = Lookalikes(files[each] for each in counted if each in files)
        self._seen: dict[str, tuple[ImportLine, set[UUID]]] = {}
        self._added: dict[str, Person] = {}
        self._entries: dict[UUID, PersonEntry] = {}
        self._unknown: dict[str, None] = {}
        self._numbers_mended = 0

    def plan(self, sheet: ImportSheet, source: str, *, months_first: bool = False) -> PeoplePlan:
        """What the rows of a sheet would do. Somebody can have a row for each scheme."""
        lines = lines_of(sheet, months_first=months_first)
        notes: list[ImportProblem] = []
        unchanged: set[UUID] = set()
        for line in lines:
            entry, words = self._entry(line)
            if entry is None or line.problems:
                continue
            if not words:
                unchanged.add(entry.person.id)
                continue
            self._entries[entry.person.id] = entry
            notes.append(note_of(line, f"{entry.person.name}{_colon(entry)} {'; '.join(words)}."))
        structural = [problem for problem in sheet.problems if problem.structural]
        structural += () if months_first else months_in_doubt(lines)
        return PeoplePlan(
            source=source,
            notes=tuple(notes),
            problems=(*structural, *(p for line in lines for p in line.problems)),
            warnings=(
                *sheet.warnings,
                *self._about_numbers(sheet),
                *(w for line in lines for w in line.warnings),
            ),
            unknown_people=tuple(self._unknown),
            unchanged=len(unchanged - self._entries.keys()),
            bad_rows=sum(1 for line in lines if line.problems),
            entries=tuple(self._entries.values()),
        )

    def _about_numbers(self, sheet: ImportSheet) -> Iterator[ImportProblem]:
        if self._numbers_mended:
            which = number_of(self._numbers_mended, "telephone number")
            words, title = f"{which} {_ZERO_LOST}", sheet.rows[0].title
            yield ImportProblem(PEOPLE_SHEET, sheet.headings_row, "telephone", words, title=title)

    def _entry(self, line: ImportLine) -> tuple[PersonEntry | None, list[str]]:
        if "name" not in line.values:
            return None, []
        name = in_order(line.values["name"])
        if not any(letter.isalpha() for letter in name):
            line.problem("name", no_name(line))
            return None, []
        try:
            person = self._person(name)
        except BadInputError as error:
            line.problem("name", str(error))
            return None, []
        schemes = self._schemes(line)
        self._must_be_once(line, person.name, schemes)
        above = self._entries.get(person.id)
        before = self._files.get(person.id) or new_file(person.id, person.name)
        filling = Filling(line)
        is_new = person.id not in self._names.by_id
        if above is not None:
            person, before = above.person, above.file
        elif is_new:
            before = _named(before, line)
        file = self._file(filling, before)
        if above is None and is_new and (words := self._lookalikes.of_import(file)):
            line.warn("name", words)
        rows = list(self._memberships(line, schemes))
        memberships, dated = filled_memberships(filling, person, rows, self._known.today)
        person = replace(
            person, memberships=memberships, clearance=_clearance(filling, person.clearance)
        )
        dated_above = () if above is None else above.dated
        return PersonEntry(person, file, (*dated_above, *dated), is_new), filling.filled

    def _must_be_once(self, line: ImportLine, name: str, schemes: Sequence[Scheme]) -> None:
        """But for a row for each scheme."""
        first, known = self._seen.setdefault(folded(name), (line, set()))
        own = {scheme.id for scheme in schemes}
        is_of_another = own and known and not own & known
        known |= own
        if first is not line and not is_of_another:
            line.problem("name", f"{name} is in the file twice: also in row {first.row.number}.")

    def _person(self, name: str) -> Person:
        """Who is in the register under a name, or somebody new. Raises BadInputError."""
        if (person := person_named(self._known, name)) is not None:
            return person
        if self._new is not None and folded(name) not in self._new:
            self._unknown.setdefault(name)
            raise BadInputError(f"There is nobody called {name} in the register of people.")
        return self._added.setdefault(folded(name), Person(uuid4(), name))

    # -- schemes --------------------------------------------------------------------------

    def _schemes(self, line: ImportLine) -> Sequence[Scheme]:
        written = line.values.get("scheme", "")
        if is_every_scheme(written):
            return self._known.schemes
        try:
            return () if not written else (self._names.scheme(written),)
        except BadInputError as error:
            line.problem("scheme", str(error))
            return ()

    def _memberships(self, line: ImportLine, schemes: Sequence[Scheme]) -> Iterator[MembershipRow]:
        values = line.values
        asks_kennels = "kennels" in values or "kennels_from" in values
        rows = [
            MembershipRow(
                scheme,
                status=self._code(line, "status", scheme, (at, len(schemes))),
                joined=values.get("joined"),
                left=values.get("left_on"),
                status_from=values.get("status_from"),
                reason=self._code(line, "leaving_reason", scheme),
                status_label=self._label(scheme),
            )
            for at, scheme in enumerate(schemes)
        ]
        of_animals = next((row for row in rows if row.scheme in self._animals), None)
        yield from (row for row in rows if row is not of_animals or not asks_kennels)
        if asks_kennels and rows:
            yield from self._kennels(line, rows[0], of_animals)

    def _kennels(
        self, line: ImportLine, row: MembershipRow, of_animals: MembershipRow | None
    ) -> Iterator[MembershipRow]:
        """Who may visit kennels belongs to the animal welfare scheme. Since when is not known,
        unless the file says it; whoever left or is on leave did so there too."""
        since = line.values.get("kennels_from")
        may = line.values.get("kennels", since is not None)
        if of_animals is not None:
            yield replace(of_animals, joined=since or of_animals.joined, is_no=not may)
        elif len(self._animals) == 1:
            (scheme,) = self._animals
            yield replace(
                row,
                scheme=scheme,
                joined=since,
                status=row.status if row.status in (*ENDED, *_NOT_YET_OR_AWAY) else _ACTIVE,
                status_from=row.status_from if row.status in (*ENDED, LEAVE) else None,
                is_no=not may,
                status_label=self._label(scheme),
                column="kennels",
            )
        elif may:
            sentence = "Which animal welfare scheme is this? Use a column of schemes."
            line.problem("kennels", sentence)

    def _label(self, scheme: Scheme) -> Callable[[str], str]:
        book = self._known.books[scheme.id]
        return lambda code: book.label("volunteer_status", code)

    def _code(
        self, line: ImportLine, column: str, scheme: Scheme, place: tuple[int, int] = (0, 1)
    ) -> str:
        """`place`: which of how many schemes of the row this is; `Active; Training` has the status
        in each, as the page People lists them."""
        written = line.values.get(column)
        if not written:
            return ""
        at, number = place
        parts = written.split("; ")
        written = parts[at] if len(parts) == number else written
        which = "volunteer_status" if column == "status" else "leaver_reason"
        try:
            return self._codes.code(scheme.id, which, written)
        except BadInputError as error:
            if column not in line.failed:
                line.problem(column, str(error))
            return ""

    # -- the office's own file ------------------------------------------------------------

    def _file(self, filling: Filling, before: VolunteerFile) -> VolunteerFile:
        values = filling.line.values
        telephone, is_mended, has_more = telephone_in(values.get("telephone", ""))
        self._numbers_mended += is_mended
        if has_more:
            filling.line.warn("telephone", f"Only the first number is taken: {telephone}.")
        telephone = _checked(filling.line, "telephone", telephone)
        email = _checked(filling.line, "email", values.get("email", ""))
        return replace(
            before,
            telephone=filling.fill(
                "telephone", "Telephone", before.telephone, telephone, same_number
            ),
            email=filling.fill("email", "E-mail", before.email, email, same_text),
            home_area=filling.fill(
                "home_area", "Home area", before.home_area, values.get("home_area"), same_text
            ),
            credentials=tuple(_credentials(filling, before.credentials)),
        )


_ACTIVE = "ACTIVE"
_NOT_YET_OR_AWAY = ("APPLICANT", "INTERVIEWED", "VETTING", LEAVE)


def person_named(known: KnownRecords, name: str) -> Person | None:
    """Who is in the register under a name, if anybody is, or whom they count as. Raises
    BadInputError if several are."""
    alike = [person for person in known.people if folded(person.name) == folded(name)]
    if len(alike) > 1:
        raise BadInputError(f"There is more than one person called {name}.")
    if not alike:
        return None
    wanted = alike[0].same_as or alike[0].id
    return next(person for person in known.people if person.id == wanted)


def no_name(line: ImportLine) -> str:
    """What is wrong with a name without letters, or with nothing but a title."""
    return f"“{line.values['name']}” cannot be used as a name."


def note_of(line: ImportLine, sentence: str) -> ImportProblem:
    """What would be entered of somebody by a row."""
    return ImportProblem(line.sheet, line.row.number, "name", capitalised(sentence),
                         title=line.row.title)  # fmt: skip


def _colon(entry: PersonEntry) -> str:
    return ", new:" if entry.is_new else ", in the register already:"


def _named(before: VolunteerFile, line: ImportLine) -> VolunteerFile:
    """With given name and surname as two columns or a comma have them."""
    forename, surname = line.values.get("given_name", ""), line.values.get("surname", "")
    named = replace(before, given_name=forename, surname=surname)
    return named if named.name == before.name else before


def _checked(line: ImportLine, column: str, text: str) -> str:
    """A telephone number or an address, or a problem."""
    try:
        replace(VolunteerFile(uuid4()), **{column: text})  # type: ignore[arg-type]
    except BadInputError as error:
        line.problem(column, str(error))
        return ""
    return text


def _clearance(filling: Filling, before: Clearance) -> Clearance:
    days: dict[str, Any] = {
        column: filling.fill(
            column, label, getattr(before, column), filling.line.values.get(column)
        )
        for column, label in (
            ("vetted_until", "Vetting until"), ("probation_until", "Probation until"),
        )
    }  # fmt: skip
    return replace(before, **days)


def _credentials(filling: Filling, before: Sequence[Credential]) -> Iterator[Credential]:
    """Those of before, with term, card and undertaking filled in."""
    values = filling.line.values
    kept = list(before)
    for kind, columns in (
        (CredentialKind.TERM, ("", "term_from", "term_until")),
        (CredentialKind.CARD, ("card", "", "card_until")),
        (CredentialKind.UNDERTAKING, ("", "undertaking", "")),
    ):
        name, first, last = columns
        if not any(values.get(column) for column in columns):
            continue
        own = next((held for held in newest(kept) if held.kind is kind), None)
        old = own or Credential(kind)
        labels = {name: "number", first: "from", last: "until"}
        filled = {
            attribute: filling.fill(
                column, f"{kind.label} {labels[column]}", getattr(old, attribute),
                values.get(column),
            )
            for attribute, column in (("name", name), ("from_on", first), ("until_on", last))
            if column
        }  # fmt: skip
        try:
            new = replace(old, **filled)
        except BadInputError as error:
            filling.line.problem(last or first, str(error))
            continue
        kept = [new if held is own else held for held in kept] if own else [*kept, new]
    yield from kept
