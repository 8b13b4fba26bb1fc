"""Reports as files: one of the records as JSON, and one that was written elsewhere, to sign."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.draft import report_form
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.report_form import Reading, ReadingBasis
from visitapp.domain.draft.report_texts import texts, undecided_findings
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.errors import BadInputError, FaultyFileError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.privacy.span import Span
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report import rules
from visitapp.domain.report.kept_words import LONGEST_WORDS
from visitapp.domain.report.place import Place, answer_place, of_row
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.exchange.report_json import place_in_file, report_json
from visitapp.exchange.report_reading import KeptInFile, ReportReader, WrittenReport
from visitapp.persistence import animals, people, reducing, schemes
from visitapp.persistence import visits as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.own_records import must_be_own
from visitapp.services.reports import forms
from visitapp.services.reports.known_records import known_records
from visitapp.services.reports.privacy import PrivacyService, ReportGuard
from visitapp.services.reports.visits import VisitService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

_AMENDS = Place("amends")


@dataclass(frozen=True, slots=True)
class SignedReport:
    """A report that was signed from a file, and what is worth checking in it, each sentence with
    its place."""

    visit: Visit
    warnings: tuple[str, ...]


class WrittenReportService:
    """What `as_json` gives, `sign` takes: the same words, numbers, people, decisions and names."""

    def __init__(self, access: Access, visits: VisitService, privacy: PrivacyService) -> None:
        self._access, self._visits, self._privacy = access, visits, privacy

    @reads(MANAGER, VISITOR, noted=RecordKind.REPORT)
    def as_json(self, reference: str) -> str:
        """The report with a reference, in the edition that stands, as `exchange.report_json`
        writes it. Raises BadInputError where there is none."""
        with self._access.database.reading() as connection:
            visit = stored.by_ref(connection, reference)
            if visit is not None:
                must_be_own(connection, self._access, visit.id)
            is_at_office = reference in {report.ref for report in reducing.reports(connection)}
        if is_at_office:
            raise BadInputError(
                f"This copy no longer holds {reference}. It is kept at the office. Your manager "
                "can show it."
            )
        if visit is None:
            raise BadInputError(f"There is no report {reference}.")
        return report_json(visit, self._visits.context(visit))

    @reads(MANAGER, VISITOR)
    def check(self, content: bytes) -> tuple[str, ...]:
        """What is worth checking in the report in a file, which `sign` would take. Raises
        FaultyFileError as `sign` does."""
        return self._checked(content)[2]

    @changes(MANAGER, VISITOR)
    def sign(self, content: bytes) -> tuple[SignedReport, Changes]:
        """Sign the report in a file through the rules of every report, or the next edition of the
        one that it says it amends.

        Raises FaultyFileError with all that has to be put right; then nothing was signed.
        """
        visit, draft, warnings = self._checked(content)
        signed, changed = self._visits.sign(visit, draft)
        return SignedReport(signed, warnings), changed

    def _checked(self, content: bytes) -> tuple[Visit, Draft, tuple[str, ...]]:
        """The visit to sign, the draft it comes from, and what is worth checking in it."""
        with self._access.database.reading() as connection:
            written = self._reader(connection).read(content)
            before = stored.by_ref(connection, written.amends) if written.amends else None
            book = schemes.codes(connection, written.scheme.id)
            named = {animal.id: animal.name for animal in animals.animals(connection)}
        basis = ReadingBasis(written.form, book, written.scheme.immediate_limit, named)
        draft = Draft(
            uuid4(),
            written.scheme.id,
            _with_issue_ids(written.confirmed(self._access.now()), before),
            author=self._access.actor.name,
            replaces_id=None if before is None else before.id,
            reason=written.reason.strip(),
        )
        self._privacy.refresh()
        guard = self._privacy.guard(about_animals=written.scheme.kind is Kind.ANIMAL_WELFARE)
        kept, problems = self._decisions(written, _read(draft, basis), guard)
        draft = replace(draft, report=replace(draft.report, kept_words=kept))
        reading = _read(draft, basis)
        visit = replace(reading.visit, replaces_id=draft.replaces_id)
        findings = [
            *report_form.judged(reading, self._visits.findings(replace(visit, report=None))),
            *undecided_findings(visit, reading.answered, written.form, guard.look_at),
            *_left_out(draft.report, visit),
            *self._of_names(visit, written),
            *self._of_amending(written, before),
        ]
        problems += [_sentence(finding) for finding in findings if finding.blocks]
        if problems:
            raise FaultyFileError(problems)
        warnings = tuple(_sentence(finding) for finding in findings if not finding.blocks)
        return visit, draft, warnings

    def _reader(self, connection: Connection) -> ReportReader:
        return ReportReader(
            known_records(connection, self._access.today()),
            animals.animals(connection),
            partial(forms.form_of, connection),
        )

    def _decisions(
        self, written: WrittenReport, reading: Reading, guard: ReportGuard
    ) -> tuple[tuple[KeptWords, ...], list[str]]:
        """The decisions to keep words, at the places they are in, and what is wrong with others."""
        by_place = {
            place_in_file(text.place): text
            for text in texts(reading.visit, reading.answered, written.form)
        }
        kept, problems = [], []
        for number, decision in enumerate(written.kept_words, 1):
            text = by_place.get(decision.place)
            if text is None:
                problems.append(f"kept_words:{number}:place: The report has no such text.")
                continue
            kinds = (
                [decision.kind] if decision.kind else _kinds(decision, guard.look_at(text.words))
            )
            if not kinds:
                problems.append(f"kept_words:{number}:words: These words need no decision there.")
            kept += [
                KeptWords(
                    text.question,
                    decision.words[:LONGEST_WORDS],
                    kind,
                    decision.reason.strip(),
                    decision.by or self._access.actor.name,
                    decision.at or self._access.now(),
                )
                for kind in kinds
            ]
        return tuple(kept), problems

    def _of_names(self, visit: Visit, written: WrittenReport) -> Iterator[Finding]:
        """What is wrong with the names typed under a report."""
        with self._access.database.reading() as connection:
            register = {person.id: person for person in people.people(connection)}
        seen = set()
        for number, (person_id, name, at) in enumerate(written.confirmations, 1):
            where = Place("confirmations", str(number), "typed_name")
            if person_id not in visit.visitors:
                sentence = f"{register[person_id].name} is not one of the visitors."
                yield Finding(where, sentence, True)
            elif person_id in seen:
                yield Finding(where, "This visitor has confirmed the report already.", True)
            elif problem := rules.problem_of_name(name, register[person_id].name):
                yield Finding(where, problem, True)
            if at is not None and at > self._access.now():
                yield Finding(replace(where, key="confirmed_at"), "This is in the future.", True)
            seen.add(person_id)
        for person_id in visit.visitors:
            if person_id not in seen:
                sentence = f"{register[person_id].name} has still to confirm the report."
                yield Finding(Place("confirmations"), sentence, True)

    def _of_amending(self, written: WrittenReport, before: Visit | None) -> Iterator[Finding]:
        """What is wrong with the report to amend and the reason for it."""
        reason = written.reason
        if before is None:
            if written.amends:
                sentence = f"There is no report {written.amends}."
                yield Finding(replace(_AMENDS, key="reference"), sentence, True)
            elif reason:
                yield Finding(replace(_AMENDS, key="reference"), "Say which report.", True)
            return
        if before.state is not State.LOCKED:
            sentence = "This report was withdrawn, so it cannot be amended."
            yield Finding(_AMENDS, sentence, True)
        elif before.scheme_id != written.scheme.id:
            yield Finding(_AMENDS, "This is a report of the other scheme.", True)
        if not reason.strip():
            sentence = "Say why you are amending the report."
            yield Finding(replace(_AMENDS, key="reason"), sentence, True)
        for span in self._privacy.look_at(reason)[:1]:
            yield Finding(replace(_AMENDS, key="reason"), span.to_rewrite, True)


def _read(draft: Draft, basis: ReadingBasis) -> Reading:
    return report_form.read(draft.report, visit_id=draft.id, scheme_id=draft.scheme_id, basis=basis)


def _with_issue_ids(report: TypedReport, before: Visit | None) -> TypedReport:
    """The issues with ids of their own; one that was in the amended report keeps its id, by which
    it takes along what happened since."""
    free = set() if before is None else {str(issue.id) for issue in before.issues}
    issues = []
    for issue in report.issues:
        is_known = issue.id in free
        free.discard(issue.id)
        issues.append(issue if is_known else replace(issue, id=str(uuid4())))
    return replace(report, issues=tuple(issues))


def _left_out(report: TypedReport, visit: Visit) -> Iterator[Finding]:
    """Answers to questions that don't apply: as in the window, they are no part of the report."""
    of_visit = {} if visit.report is None else visit.report.answers
    of_rows = [count.row.answers for count in visit.counts if count.row is not None]
    answers = [(answer_place(key), value, of_visit) for key, value in report.answers.items()]
    for number, (row, kept) in enumerate(zip(report.rows, of_rows, strict=False), 1):
        answers += [(of_row(number, key), value, kept) for key, value in row.answers.items()]
    for place, value, kept in answers:
        if value not in (None, "", []) and place.key not in kept:
            sentence = "This question does not apply, so its answer is not part of the report."
            yield Finding(place, sentence, False)


def _kinds(decision: KeptInFile, spans: Sequence[Span]) -> list[str]:
    """What the words of a decision look like, where the file doesn't say it."""
    return [span.kind for span in spans if span.words == decision.words]


def _sentence(finding: Finding) -> str:
    return f"{place_in_file(finding.place)}: {finding.sentence}"
