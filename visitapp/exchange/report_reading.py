"""Reads a report that was written elsewhere, as JSON: see `report_json` for its keys.

Nothing is left out in silence: whatever isn't of the type it should have, isn't known here or has
no meaning is a problem with its place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from visitapp.domain.draft.typed_report import (
    LONGEST_GUEST,
    Chosen,
    TypedIssue,
    TypedReport,
    TypedRow,
)
from visitapp.domain.draft.typed_times import TIMES
from visitapp.domain.errors import BadInputError, FaultyFileError
from visitapp.domain.json_values import as_id
from visitapp.domain.moment import from_stored_text
from visitapp.domain.office.animal import Animal
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.privacy.span import KINDS
from visitapp.domain.report import requests
from visitapp.domain.report.answers import LONGEST_ROW_TEXT, Counting
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.place import ANSWERS, NOWHERE, ROWS, Place
from visitapp.domain.report.visit import Confirmation, OutcomeCount
from visitapp.domain.text.clock_text import parse_date
from visitapp.domain.text.folding import folded
from visitapp.exchange.json_parts import JsonPart, parsed
from visitapp.exchange.names import Codes, KnownRecords, Names
from visitapp.exchange.report_json import DETAILS

_CODED = {
    "type": "visit_type",
    "mode": "visit_mode",
    "status": "visit_status",
    "delay_reason": "delay_reason",
}
_CODED_OF_ISSUES = {
    "category": "issue_category",
    "origin": "issue_origin",
    "status": "issue_status",
}
_TEXTS_OF_ISSUES = ("description", "place", "raised_with", "raised_at")


@dataclass(frozen=True, slots=True)
class KeptInFile:
    """A decision to keep words, as the file has it: the words at a place, and why. `kind`, `by`
    and `at` are filled in by whoever signs where the file doesn't say them."""

    place: str
    words: str
    reason: str
    kind: str
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class WrittenReport:
    """What was read. `typed` has no decisions about words and no confirmations yet: both have a
    time that the file may leave to whoever signs. `confirmations` are people, typed names and
    times. `amends` is the reference of the report it is to replace, with `reason`."""

    scheme: Scheme
    form: Form
    typed: TypedReport
    kept_words: tuple[KeptInFile, ...]
    confirmations: tuple[tuple[UUID, str, datetime | None], ...]
    amends: str
    reason: str

    def confirmed(self, now: datetime) -> TypedReport:
        """The report with the names typed under it; those without a time, at `now`."""
        return replace(
            self.typed,
            confirmations=tuple(
                Confirmation(person_id, name, at or now)
                for person_id, name, at in self.confirmations
            ),
        )


class ReportReader:
    """Reads one file against the records. `form_of` gives a version of a scheme's form (None: the
    newest) or raises BadInputError."""

    def __init__(
        self,
        known: KnownRecords,
        animals: Sequence[Animal],
        form_of: Callable[[UUID, int | None], Form],
    ) -> None:
        self._known, self._animals, self._form_of = known, animals, form_of
        self._names, self._codes = Names(known, create_missing=False), Codes(known.books)

    def read(self, content: bytes) -> WrittenReport:
        """The report. Raises FaultyFileError with every problem of the file itself; the rules
        for reports are not asked here."""
        top = parsed(content)
        scheme, site_id = self._scheme_and_site(top)
        if scheme is None:
            raise FaultyFileError(top.problems)
        form = self._form(top, scheme)
        written = self._written(top, scheme, site_id, form)
        top.end()
        if top.problems:
            raise FaultyFileError(top.problems)
        return written

    def _scheme_and_site(self, top: JsonPart) -> tuple[Scheme | None, Chosen]:
        """The scheme and the site; a site known by its name or id says the scheme as well."""
        schemes = {scheme.id: scheme for scheme in self._known.schemes}
        scheme = top.looked_up("scheme", self._names.scheme)
        name = top.text("site")
        fits = [
            site
            for site in self._known.sites
            if (str(site.id) == name or folded(site.name) == folded(name))
            and (scheme is None or site.scheme_id == scheme.id)
        ]
        if len(fits) == 1:
            return schemes[fits[0].scheme_id], fits[0].id
        if name and scheme is not None:
            top.say("site", f"There is no site “{name}” in this scheme.")
        elif name and not fits and not top.has("scheme"):
            top.say("site", f"There is no site “{name}”.")
        elif not top.has("scheme"):
            top.say("scheme", "Write custody or animal_welfare.")
        return scheme, ""

    def _form(self, top: JsonPart, scheme: Scheme) -> Form:
        number = top.number("form")
        try:
            return self._form_of(scheme.id, number)
        except BadInputError:
            top.say("form", f"This scheme has no form {number}.")
            return self._form_of(scheme.id, None)

    def _written(self, top: JsonPart, scheme: Scheme, site_id: Chosen, form: Form) -> WrittenReport:
        top.skip("record")
        amends = top.part("amends")
        rows = tuple(self._row(part, scheme, form, site_id) for part in top.parts("rows"))
        issues = tuple(self._issue(part, scheme, form, len(rows)) for part in top.parts("issues"))
        coded: dict[str, Any] = {
            key: self._code(top, key, scheme, name) for key, name in _CODED.items()
        }
        times: dict[str, Any] = {name: top.text(name) for name in TIMES}
        typed = TypedReport(
            site_id=site_id,
            date=top.text("date"),
            visitors=self._people(top, "visitors"),
            observers=(*self._people(top, "observers"), *_guests(top)),
            **coded,
            **times,
            second_time=_second_time(top),
            delay_explanation=top.text("delay_explanation"),
            extra_minutes=str(top.number("extra_minutes") or ""),
            present=top.number("present"),
            counting=_counting(top),
            counts=tuple(self._count(part, scheme) for part in top.parts("counts")),
            rows=rows,
            form=form.number,
            answers=_answers(top.part("answers"), list(form.questions())),
            issues=issues,
            nothing_raised=not issues,
            summary=top.text("summary"),
        )
        reference, reason = amends.text("reference"), amends.text("reason")
        amends.end()
        return WrittenReport(
            scheme=scheme,
            form=form,
            typed=typed,
            kept_words=tuple(map(_kept, top.parts("kept_words"))),
            confirmations=self._confirmations(top),
            amends=reference,
            reason=reason,
        )

    def _code(self, part: JsonPart, key: str, scheme: Scheme, list_name: str) -> str:
        code = part.looked_up(key, lambda text: self._codes.code(scheme.id, list_name, text))
        return code or ""

    def _reason(self, part: JsonPart, scheme: Scheme, outcome: str) -> str:
        """The code of a reason. Reasons for several outcomes may have the same words."""
        wanted = folded(part.text("reason"))
        for entry in self._known.books[scheme.id]["outcome_reason"]:
            if entry.group in ("", outcome) and wanted in (folded(entry.code), folded(entry.label)):
                return entry.code
        return self._code(part, "reason", scheme, "outcome_reason")

    def _details(self, part: JsonPart, scheme: Scheme) -> dict[str, Any]:
        outcome = self._code(part, "outcome", scheme, "outcome")
        details = {"outcome": outcome, "reason": self._reason(part, scheme, outcome)}
        return details | {key: self._code(part, key, scheme, key) for key in DETAILS[1:]}

    def _count(self, part: JsonPart, scheme: Scheme) -> OutcomeCount:
        details = self._details(part, scheme)
        outcome = details.pop("outcome")
        if not outcome and not part.has("outcome"):
            part.say("outcome", "Say what happened.")
        number = part.number("number")
        if number is None:
            part.say("number", "Enter how many.")
        part.end()
        known: dict[str, Any] = {key: code or None for key, code in details.items()}
        return OutcomeCount(outcome, number or 0, **known)

    def _row(self, part: JsonPart, scheme: Scheme, form: Form, site_id: Chosen) -> TypedRow:
        row = TypedRow(
            id=f"row {part.position}",
            **self._details(part, scheme),
            cell=part.text("cell", LONGEST_ROW_TEXT),
            custody_number=part.text("custody_number", LONGEST_ROW_TEXT),
            animal_id=self._animal(part, site_id),
            answers=_answers(part.part("answers"), list(form.row_questions())),
        )
        part.end()
        return row

    def _animal(self, part: JsonPart, site_id: Chosen) -> UUID | None:
        name = part.text("animal")
        if not name:
            return None
        fits = [
            animal.id
            for animal in self._animals
            if str(animal.id) == name
            or (animal.site_id == site_id and folded(animal.name) == folded(name))
        ]
        if len(fits) == 1:
            return fits[0]
        many = "There is more than one" if fits else "There is no"
        part.say("animal", f"{many} animal called {name} at this site.")
        return None

    def _issue(self, part: JsonPart, scheme: Scheme, form: Form, rows: int) -> TypedIssue:
        coded: dict[str, Any] = {
            key: self._code(part, key, scheme, name) for key, name in _CODED_OF_ISSUES.items()
        }
        words: dict[str, Any] = {key: part.text(key) for key in _TEXTS_OF_ISSUES}
        closed_on = part.looked_up("closed_on", parse_date)
        issue = TypedIssue(
            id=part.text("id"),
            **coded,
            **words,
            severity=part.number("severity"),
            resolved_during_visit=part.yes_or_no("resolved_during_visit"),
            closed_on=closed_on,
            question=_question(part, form, rows),
        )
        part.end()
        return issue

    def _people(self, top: JsonPart, key: str) -> tuple[UUID, ...]:
        people = [top.with_problem(where, self._person, name) for where, name in top.texts(key)]
        return tuple(person_id for person_id in people if person_id is not None)

    def _person(self, name: str) -> UUID:
        """The id of somebody by name or id. Raises BadInputError."""
        person_id = as_id(name)
        return person_id if person_id in self._names.by_id else self._names.person(name).id

    def _confirmations(self, top: JsonPart) -> tuple[tuple[UUID, str, datetime | None], ...]:
        confirmations = []
        for part in top.parts("confirmations"):
            typed_name = part.text("typed_name")
            person_id = part.looked_up("person", self._person)
            if person_id is None and not part.has("person"):
                person_id = part.looked_up("typed_name", self._person)
            at = _time(part, "confirmed_at")
            part.end()
            if person_id is not None:
                confirmations.append((person_id, typed_name, at))
        return tuple(confirmations)


def _guests(top: JsonPart) -> tuple[str, ...]:
    names = top.texts("guests")
    for where, name in names:
        if len(name) > LONGEST_GUEST:
            top.say(where, f"A name can have {LONGEST_GUEST} characters.")
    return tuple(name for _, name in names)


def _second_time(top: JsonPart) -> tuple[str, ...]:
    chosen = top.texts("second_time")
    for where, name in chosen:
        if name not in TIMES:
            top.say(where, f"Write one of {', '.join(TIMES)}.")
    return tuple(name for name in TIMES if name in {name for _, name in chosen})


def _counting(top: JsonPart) -> Counting:
    """How it is counted; where the file doesn't say it, by what it has."""
    has_rows, has_counts = top.has("rows"), top.has("counts")
    usual = Counting.BOTH if has_counts else Counting.ROWS
    usual = usual if has_rows else Counting.COUNTS
    text = top.text("counting")
    if not text:
        return usual
    if text not in list(Counting):
        top.say("counting", f"Write one of {', '.join(Counting)}.")
        return usual
    counting = Counting(text)
    if (has_rows and counting is Counting.COUNTS) or (has_counts and counting is Counting.ROWS):
        top.say("counting", f"This report has both rows and counts, so write {Counting.BOTH}.")
    return counting


def _answers(part: JsonPart, questions: Sequence[Question]) -> Mapping[str, Any]:
    """The answers by the keys of the form's questions. A choice may be given by its words; what is
    wrong with an answer is for the rules to say."""
    by_key = {question.key: question for question in questions if not question.is_core}
    answers = {}
    for key, value in part.items():
        if key in by_key:
            codes = {folded(option.label): option.code for option in by_key[key].choices}
            answers[key] = _by_codes(value, codes)
        else:
            part.say(key, "The form has no such question.")
    return answers


def _by_codes(value: Any, codes: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_by_codes(item, codes) for item in value]
    if isinstance(value, dict):  # a request
        put_right = {"yes": requests.RESOLVED, "no": requests.UNRESOLVED}
        by_key = {requests.KIND: codes, requests.PUT_RIGHT: put_right}
        return {key: _by_codes(item, by_key.get(key, {})) for key, item in value.items()}
    if isinstance(value, str) and value not in codes.values():
        return codes.get(folded(value), value)
    return value


def _question(part: JsonPart, form: Form, rows: int) -> Place:
    """The answer that opened an issue."""
    text = part.text("question")
    if not text:
        return NOWHERE
    place = Place.parse(text)
    of_visit = {question.key for question in form.questions()}
    of_rows = {question.key for question in form.row_questions()}
    is_known = (place.part == ANSWERS and place.key in of_visit) or (
        place.part == ROWS and 1 <= place.number <= rows and place.key in of_rows
    )
    if not is_known:
        part.say("question", f"“{text}” is no answer of this report.")
    return place


def _kept(part: JsonPart) -> KeptInFile:
    kept = KeptInFile(
        place=part.text("place"),
        words=part.text("words"),
        reason=part.text("reason"),
        kind=_kind(part),
        by=part.text("kept_by"),
        at=_time(part, "kept_at"),
    )
    if not kept.reason.strip():
        part.say("reason", "Explain why these words must stay.")
    part.end()
    return kept


def _kind(part: JsonPart) -> str:
    kind = part.text("kind")
    if kind and kind not in KINDS:
        part.say("kind", f"Write one of {', '.join(KINDS)}, or leave this out.")
    return kind


def _time(part: JsonPart, key: str) -> datetime | None:
    return part.looked_up(key, _read_time)


def _read_time(text: str) -> datetime:
    """A time, in UTC where it names no zone. Raises BadInputError."""
    try:
        return from_stored_text(text)
    except ValueError:
        raise BadInputError(f"“{text}” is not a time. Write it like 2025-04-08T14:30:00.") from None
