"""A report from the inbox becomes one of the office's: all its editions, as they were signed."""

from collections.abc import Sequence
from dataclasses import replace

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.handing_over import HandedReport
from visitapp.domain.following.ledger import content_digest
from visitapp.domain.reading.comparing import issue_after
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import issues as stored_issues
from visitapp.persistence import ledger, schemes
from visitapp.persistence import visits as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.reports import forms, withdrawing


def editions_there(connection: Connection, report: HandedReport) -> list[Visit]:
    """The editions of a report that the office has accepted before, the first one first."""
    by_id = {
        visit.id: visit
        for visit in stored.visits(connection, [edition.id for edition in report.editions])
    }
    return [by_id[edition.id] for edition in report.editions if edition.id in by_id]


def amended_here(connection: Connection, report: HandedReport) -> Visit | None:
    """The office's own edition that stands in the place of one of a report's; None where the
    office amended none."""
    there = editions_there(connection, report)
    own = {edition.id for edition in report.editions}
    at = there[-1].id if there else None
    while at is not None and (after := stored.replacement(connection, at)) is not None:
        at = after
    return None if at is None or at in own else stored.visit(connection, at)


def accept(
    connection: Connection, access: Access, report: HandedReport, by: str, *, instead: bool
) -> None:
    """Write what the office doesn't have yet of a report, signed by its visitor `by`.

    Where the office amended the same report, `instead` makes the visitor's edition the next one
    after it. Raises BadInputError where that was not asked for, or the report contradicts what
    the office has.
    """
    _must_fit(connection, report)
    there = editions_there(connection, report)
    before = there[-1] if there else None
    new = list(report.editions[len(there) :])
    if new and (ours := amended_here(connection, report)) is not None:
        if not instead:
            raise BadInputError(
                f"The office has amended {ours.ref} as well. Compare both and choose the one to "
                "count."
            )
        before, new = ours, _after(ours, new)
    for edition in new:
        _write(connection, access, edition, before, by)
        before = edition
    if not new and before is not None and before.state is not report.last.state:
        _withdraw_or_put_back(connection, access, before, report.last, by)


def _must_fit(connection: Connection, report: HandedReport) -> None:
    there = editions_there(connection, report)
    for edition, ours in zip(report.editions, there, strict=False):
        if edition.id != ours.id or content_digest(edition) != content_digest(ours):
            raise BadInputError("This report isn’t the one that the office accepted before.")
    if report.last.site_id not in {site.id for site in schemes.entered_sites(connection)}:
        raise BadInputError("The office doesn’t have the site of this report.")
    if not there and stored.has_ref(connection, report.last.ref):
        raise BadInputError(f"The office has another report {report.last.ref}.")


def _after(ours: Visit, new: Sequence[Visit]) -> list[Visit]:
    """The visitor's last edition as the next one after the office's."""
    last = new[-1]
    assert last.report is not None
    edition = (1 if ours.report is None else ours.report.edition) + 1
    return [replace(last, replaces_id=ours.id, report=replace(last.report, edition=edition))]


def _write(
    connection: Connection, access: Access, edition: Visit, before: Visit | None, by: str
) -> None:
    forms.keep_form(connection, access, edition.scheme_id)
    if before is not None and before.state is State.LOCKED:
        assert edition.report is not None
        why = f"Amended: {edition.report.amended_reason}"
        withdrawing.write_withdrawal(connection, access, before.id, why, by)
    edition = replace(edition, version=1)
    earlier = () if before is None else before.issues
    steps = stored_issues.steps(connection, [issue.id for issue in earlier])
    old_of = {issue_after(edition.id, issue.id): issue for issue in earlier}
    issues = tuple(
        replace(issue, status=old_of[issue.id].status, closed_on=old_of[issue.id].closed_on)
        if issue.id in old_of and steps.get(old_of[issue.id].id)
        else issue
        for issue in edition.issues
    )
    edition = replace(edition, issues=issues)
    stored.insert_visits(connection, [edition])
    ledger.append(connection, ledger.signed([edition], by))
    for issue in issues:
        old = old_of.get(issue.id)
        if old is not None and (went_on := steps.get(old.id)):
            stored_issues.add_steps(connection, edition.scheme_id, issue.id, went_on)
            now = access.now()
            entry = ledger.issue_went_on(issue, went_on, edition.scheme_id, by, now)
            ledger.append(connection, [entry])
    if edition.withdrawn_at is not None:
        reason, at = edition.withdrawn_reason, edition.withdrawn_at
        ledger.append(connection, [ledger.withdrawn(edition, by, reason, at)])


def _withdraw_or_put_back(
    connection: Connection, access: Access, ours: Visit, theirs: Visit, by: str
) -> None:
    if theirs.state is State.WITHDRAWN:
        at = theirs.withdrawn_at
        assert at is not None
        stored.withdraw(connection, [ours.id], theirs.withdrawn_reason, at)
        ledger.append(connection, [ledger.withdrawn(ours, by, theirs.withdrawn_reason, at)])
    else:
        stored.put_back(connection, ours.id)
        why = "Put back in the visitor's copy."
        ledger.append(connection, [ledger.put_back(ours, by, why, access.now())])
