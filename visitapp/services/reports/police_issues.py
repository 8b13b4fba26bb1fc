"""Issues as the police may read them: no allegation, nothing for the manager alone, and no whole
custody number."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.report.copies import Audience, Shortener, is_issue_shown, issue_for
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.persistence import issues, office_issues, recent_visits, visits
from visitapp.persistence.database import Connection
from visitapp.services.reports.forms import form_of


def shown_to_police(connection: Connection, lines: Sequence[IssueLine]) -> tuple[IssueLine, ...]:
    """Of some issues those that the police may see. This depends on the form that the report was
    written with, since a later one may no longer ask a question."""
    asked = [line for line in lines if line.issue.question.name]
    numbers: dict[UUID, int] = {}
    for site_id in {line.site_id for line in asked}:
        numbers |= recent_visits.form_numbers(connection, site_id)
    by_form = {line.issue.id: _form_key(line, numbers) for line in asked}
    forms = {key: form_of(connection, *key) for key in set(by_form.values())}
    return tuple(
        line
        for line in lines
        if line.issue.severity < AT_ONCE
        and (
            line.issue.id not in by_form
            or is_issue_shown(line.issue, forms[by_form[line.issue.id]], Audience.POLICE)
        )
    )


def _form_key(line: IssueLine, numbers: dict[UUID, int]) -> tuple[UUID, int | None]:
    """The scheme, and the form's number; None stands for the newest."""
    return line.scheme_id, None if line.visit_id is None else numbers.get(line.visit_id)


def shortener(connection: Connection, visit_ids: Iterable[UUID | None]) -> Shortener:
    """Shortens the custody numbers of some visits, and whatever looks like one."""
    known = {visit_id for visit_id in visit_ids if visit_id is not None}
    return Shortener(*visits.visits(connection, sorted(known)))


def shortened(
    connection: Connection, lines: Sequence[IssueLine]
) -> tuple[list[IssueLine], Shortener]:
    """The issues without whole custody numbers, and the shortener for what is printed with them."""
    short = shortener(connection, (line.visit_id for line in lines))
    return [replace(line, issue=issue_for(line.issue, short)) for line in lines], short


def steps_of(connection: Connection, lines: Sequence[IssueLine]) -> dict[UUID, tuple[Step, ...]]:
    """The steps of issues, whoever opened them."""
    ids = [line.issue.id for line in lines]
    return issues.steps(connection, ids) | office_issues.steps(connection, ids)
