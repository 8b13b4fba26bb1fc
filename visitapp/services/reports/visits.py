"""Visits: signed once, read, listed, withdrawn and put back with a reason."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.report_texts import undecided_findings, with_issue_ids
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.following.ledger import LedgerEntry
from visitapp.domain.office.codes import CountingCodes
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.comparing import issue_after
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report import rules
from visitapp.domain.report.answer_rules import facts_of, findings_of_answers
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Visit, withdrawn_by_amending
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import joined
from visitapp.domain.year.visit_list import VisitPage, VisitQuery, VisitRow
from visitapp.persistence import animals, exchange, ledger, same_visit, schemes, visit_list
from visitapp.persistence import drafts as stored_drafts
from visitapp.persistence import issues as stored_issues
from visitapp.persistence import people as stored_people
from visitapp.persistence import visits as stored
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.own_records import (
    must_be_own,
    must_be_own_draft,
    myself,
    same_visit_questions,
)
from visitapp.services.reports import forms, withdrawing
from visitapp.services.reports.privacy import PrivacyService
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

NOT_YOURS = "You are not among the visitors. In your copy you sign reports of your own visits."


def ref_prefix(site_name: str, year: int, copy_number: int = 0) -> str:
    """The beginning of references of a site's visits, e.g. `EUS-2023-` for the year from April
    2023. A visitor's copy puts its number in, `EUS-2023-V7-`: no two copies give the same."""
    letters = "".join(filter(str.isalnum, site_name))[:3].upper()
    return f"{letters}-{year}-" + (f"V{copy_number}-" if copy_number else "")


def _new_ref(connection: Connection, visit: Visit) -> str:
    site = next(s for s in schemes.sites(connection) if s.id == visit.site_id)
    year = reporting_years(connection).year_of(visit.arrived.day).start.year
    own = exchange.own_copy(connection)
    number = 0 if own is None or own.person_id is None else own.number
    return stored.next_ref(connection, ref_prefix(site.name, year, number))


def _edition(report: Report | None, before: Visit | None, draft: Draft) -> Report | None:
    """The report, as the next edition if it amends one."""
    if report is None or before is None:
        return report
    last = 1 if before.report is None else before.report.edition
    return replace(report, edition=last + 1, amended_reason=draft.reason, amended_by=draft.author)


def _taken_over(
    connection: Connection, visit: Visit, before: Visit | None
) -> tuple[Visit, dict[UUID, tuple[Step, ...]]]:
    """The visit with its own issues instead of those taken over from the report before, and the
    steps that follow them. Whatever has happened to an issue since stays."""
    earlier = {issue.id: issue for issue in before.issues} if before else {}
    steps = stored_issues.steps(connection, list(earlier))
    issues, went_on, new_ids = [], {}, {}
    for issue in visit.issues:
        old = earlier.get(issue.id)
        if old is None:
            issues.append(issue)
            continue
        new_id = new_ids[old.id] = issue_after(visit.id, old.id)
        state = issue
        if kept := steps.get(old.id):
            went_on[new_id], state = kept, old
        issues.append(
            replace(issue, id=new_id, status=state.status, closed_on=state.closed_on, version=1)
        )
    report = visit.report and replace(
        visit.report, kept_words=with_issue_ids(visit.report.kept_words, new_ids)
    )
    return replace(visit, issues=tuple(issues), report=report), went_on


class VisitService:
    """Everything a person does with visit reports."""

    def __init__(self, access: Access, privacy: PrivacyService) -> None:
        self._access, self._privacy = access, privacy

    @reads(MANAGER, VISITOR)
    def page(self, query: VisitQuery) -> VisitPage:
        """Some rows of the list that `query` asks for, and the total number."""
        with self._access.database.reading() as connection:
            return visit_list.page(connection, *self._asked(connection, query))

    @reads(MANAGER, VISITOR)
    def lines(self, query: VisitQuery) -> tuple[VisitRow, ...]:
        """The same rows where nobody asks for the number."""
        with self._access.database.reading() as connection:
            return visit_list.lines(connection, *self._asked(connection, query))

    def _asked(
        self, connection: Connection, query: VisitQuery
    ) -> tuple[VisitQuery, list[str], dict[UUID, CountingCodes]]:
        """What this person may list, the outcomes that say that somebody was seen, and the codes
        that decide what counts."""
        return (
            replace(query, of=myself(connection, self._access)),
            _codes_of(connection, "outcome", "seen"),
            {
                scheme.id: schemes.codes(connection, scheme.id).counting
                for scheme in schemes.schemes(connection)
            },
        )

    @reads(MANAGER, VISITOR, noted=RecordKind.REPORT)
    def get(self, visit_id: UUID) -> Visit:
        """One visit with everything that belongs to it."""
        with self._access.database.reading() as connection:
            must_be_own(connection, self._access, visit_id)
            stored_visit = stored.visit(connection, visit_id)
        if stored_visit is None:
            raise BadInputError("This visit is not in the file.")
        return stored_visit

    @reads(MANAGER, VISITOR)
    def context(self, visit: Visit) -> ReportContext:
        """What a report refers to by id or code, for reading it: one of this file, or one that
        waits in the inbox. Raises BadInputError for a scheme that the office doesn't run."""
        animal_ids = [
            count.row.animal_id
            for count in visit.counts
            if count.row is not None and count.row.animal_id is not None
        ]
        with self._access.database.reading() as connection:
            entered = schemes.entered_sites(connection)
            site = next((s for s in entered if s.id == visit.report_site_id), None)
            grids = {grid.id: grid for grid in schemes.grids(connection)}
            number = visit.report and visit.report.form_number
            return ReportContext(
                scheme=schemes.scheme(connection, visit.scheme_id),
                site=site,
                grid=None if site is None else grids.get(site.grid_id),
                people={person.id: person for person in stored_people.people(connection)},
                book=schemes.codes(connection, visit.scheme_id),
                form=forms.form_of(connection, visit.scheme_id, number) if number else None,
                animals=animals.names(connection, animal_ids),
            )

    @reads(MANAGER, VISITOR)
    def findings(self, visit: Visit, also: Sequence[Visit] = ()) -> list[Finding]:
        """What prevents signing the report, and what is only a warning. `also` are reports that
        are compared with it although they are not among the records yet."""
        with self._access.database.reading() as connection:
            scheme = schemes.scheme(connection, visit.scheme_id)
            rule_findings = rules.findings(
                visit,
                scheme=scheme,
                site=next((s for s in schemes.sites(connection) if s.id == visit.site_id), None),
                people={person.id: person for person in stored_people.people(connection)},
                book=schemes.codes(connection, scheme.id),
                others=_others(visit, [*stored.overlapping(connection, visit), *also]),
                today=self._access.today(),
            )
            if visit.report is not None:
                form = forms.form_of(connection, scheme.id, visit.report.form_number)
                answered = answered_of(visit)
                facts = facts_of(visit, answered, scheme.immediate_limit)
                rule_findings += findings_of_answers(form, visit, answered, facts)
            if _is_of_others(connection, visit):
                rule_findings.append(Finding(Place("visitors"), NOT_YOURS, True))
        return rule_findings

    @changes(MANAGER, VISITOR)
    def sign(self, visit: Visit, draft: Draft) -> tuple[Visit, Changes]:
        """Lock a report and delete its draft, if that was ever saved. A report that it replaces is
        withdrawn, and the new one is the next edition with the same reference.

        Raises BadInputError with the first thing to put right (such as flagged words without a
        decision), or with who hasn't confirmed it yet; ConflictError if the draft has been signed
        or discarded.
        """
        must_be_own_draft(self._access, draft)
        visit = replace(visit, replaces_id=draft.replaces_id)
        blocking = [finding for finding in self.findings(visit) if finding.blocks]
        blocking += self._undecided(visit)
        if blocking:
            raise BadInputError(blocking[0].sentence)
        self._must_be_confirmed(visit)
        now = self._access.now()
        with self._access.database.transaction() as connection:
            if draft.replaces_id:
                must_be_own(connection, self._access, draft.replaces_id)
            before = draft.replaces_id and stored.visit(connection, draft.replaces_id)
            ref = before.ref if before else _new_ref(connection, visit)
            locked = replace(
                visit,
                ref=ref,
                state=State.LOCKED,
                locked_at=now,
                report=_edition(visit.report, before or None, draft),
                version=1,
            )
            if locked.report is not None:
                forms.keep_form(connection, self._access, visit.scheme_id)
            locked, went_on = _taken_over(connection, locked, before or None)
            stored.insert_visits(connection, [locked])
            ledger.append(connection, ledger.signed([locked], self._access.actor.name))
            self._keep_steps(connection, locked, went_on)
            if before:
                why = withdrawn_by_amending(draft.reason)
                withdrawing.write_withdrawal(
                    connection, self._access, before.id, why, self._access.actor.name
                )
            if draft.version and not stored_drafts.delete_draft(connection, draft.id):
                raise ConflictError("This draft has already been signed or discarded.")
        return locked, Changes.VISITS | Changes.DRAFTS

    def _undecided(self, visit: Visit) -> list[Finding]:
        """Flagged words about which there is no decision."""
        with self._access.database.reading() as connection:
            scheme = schemes.scheme(connection, visit.scheme_id)
            number = visit.report and visit.report.form_number
            form = forms.form_of(connection, scheme.id, number) if number else None
        self._privacy.refresh()
        guard = self._privacy.guard(about_animals=scheme.kind is Kind.ANIMAL_WELFARE)
        return undecided_findings(visit, answered_of(visit), form, guard.look_at)

    def _keep_steps(
        self, connection: Connection, visit: Visit, went_on: Mapping[UUID, tuple[Step, ...]]
    ) -> None:
        for issue in visit.issues:
            if steps := went_on.get(issue.id):
                stored_issues.add_steps(connection, visit.scheme_id, issue.id, steps)
                by, now = self._access.actor.name, self._access.now()
                entry = ledger.issue_went_on(issue, steps, visit.scheme_id, by, now)
                ledger.append(connection, [entry])

    def _must_be_confirmed(self, visit: Visit) -> None:
        with self._access.database.reading() as connection:
            people = {person.id: person for person in stored_people.people(connection)}
        if waiting := rules.unconfirmed(visit, people):
            raise BadInputError(
                f"This report is not locked yet. Waiting for {joined(waiting)} to confirm."
            )

    @reads(MANAGER, VISITOR)
    def replacement(self, visit_id: UUID) -> UUID | None:
        """The visit that replaced this one, if any."""
        with self._access.database.reading() as connection:
            must_be_own(connection, self._access, visit_id)
            return stored.replacement(connection, visit_id)

    @reads(MANAGER, VISITOR)
    def names_needed(self, visit_id: UUID) -> tuple[str, ...]:
        """Whose names must be typed to withdraw this report or put it back; none in the manager's
        copy. Raises NotAllowedError if only the manager may do it."""
        visit = self.get(visit_id)
        with self._access.database.reading() as connection:
            return tuple(withdrawing.names_needed(connection, self._access, visit))

    @changes(MANAGER, VISITOR)
    def withdraw(self, visit_id: UUID, reason: str, names: Sequence[str] = ()) -> Changes:
        """Take a visit out of every count, with a reason; it can still be read.

        `names` are the typed names that `names_needed` asks for. Raises BadInputError if one is
        missing, ConflictError if the visit is withdrawn already.
        """
        why = self._reason(reason, "Say why you are withdrawing the visit.")
        with self._access.database.transaction() as connection:
            must_be_own(connection, self._access, visit_id)
            withdrawing.withdraw(connection, self._access, visit_id, why, names)
        return Changes.VISITS

    @changes(MANAGER, VISITOR)
    def put_back(self, visit_id: UUID, reason: str, names: Sequence[str] = ()) -> Changes:
        """Count a withdrawn visit again, with a reason; `names` as for `withdraw`.

        Raises BadInputError if a name is missing, or if the report was amended or withdrawn with
        its import; ConflictError if it isn't withdrawn.
        """
        why = self._reason(reason, "Say why you are putting the visit back.")
        with self._access.database.transaction() as connection:
            must_be_own(connection, self._access, visit_id)
            withdrawing.put_back(connection, self._access, visit_id, why, names)
        return Changes.VISITS

    @reads(MANAGER, VISITOR)
    def why_not_back(self, visit: Visit) -> str:
        """Why a withdrawn visit can't be put back individually; empty if it can."""
        with self._access.database.reading() as connection:
            return withdrawing.why_not_back(connection, visit)

    @reads(MANAGER, VISITOR)
    def withdrawals(self, visit: Visit) -> tuple[LedgerEntry, ...]:
        """Each time a visit was withdrawn or put back, earliest first."""
        with self._access.database.reading() as connection:
            must_be_own(connection, self._access, visit.id)
            return tuple(withdrawing.history(connection, visit))

    def _reason(self, reason: str, sentence: str) -> str:
        if not reason.strip():
            raise BadInputError(sentence)
        self._privacy.must_lead_to_nobody(reason)
        return reason.strip()

    @reads(MANAGER, VISITOR)
    def same_visit_questions(self) -> tuple[tuple[VisitRow, VisitRow], ...]:
        """Pairs of reports that may be about the same visit, without a decision so far."""
        with self._access.database.reading() as connection:
            return same_visit_questions(connection, self._access)

    @changes(MANAGER, VISITOR)
    def decide_same(self, first_id: UUID, second_id: UUID, keep: UUID | None) -> Changes:
        """Join two reports of one visit, keeping `keep`, or (None) keep both as two visits.

        Joining withdraws the other report, so only the manager may do it. Raises NotAllowedError.
        """
        if first_id == second_id or keep not in (None, first_id, second_id):
            raise BadInputError("Choose which of the two reports to keep.")
        if keep is not None:
            self._access.must_manage()
        now, by = self._access.now(), self._access.actor.name
        with self._access.database.transaction() as connection:
            must_be_own(connection, self._access, first_id, second_id)
            decision = "kept" if keep is None else "joined"
            same_visit.record_decision(connection, (first_id, second_id), decision, by, now)
            if keep is not None:
                other = second_id if keep == first_id else first_id
                kept = stored.visit(connection, keep)
                if kept is None or kept.state is not State.LOCKED:
                    raise ConflictError(
                        "The report you want to keep has been withdrawn. Look at both again."
                    )
                why = f"The same visit as {kept.ref}"
                withdrawing.write_withdrawal(connection, self._access, other, why, by)
        return Changes.VISITS


def _codes_of(connection: Connection, list_name: str, group: str) -> list[str]:
    by_scheme = schemes.codes_of_group(connection, list_name, group).values()
    return sorted({code for codes in by_scheme for code in codes})


def _is_of_others(connection: Connection, visit: Visit) -> bool:
    """Whether this is a visitor's copy and they took no part in a visit: the office takes no
    report of it from this copy."""
    own = exchange.own_copy(connection)
    took_part = {*visit.visitors, *visit.observers}
    return (
        own is not None
        and own.person_id is not None
        and bool(visit.visitors)
        and own.person_id not in took_part
    )


def _others(visit: Visit, overlapping: Sequence[Visit]) -> list[Visit]:
    """Those that are no edition of the report itself, each report once."""
    others = {
        other.ref or other.id: other
        for other in overlapping
        if other.overlaps(visit)
        and other.id not in (visit.id, visit.replaces_id)
        and (not visit.ref or other.ref != visit.ref)
    }
    return list(others.values())
