"""In a visitor's copy: what the office gives back is taken over. Order and repetition change
nothing."""

from dataclasses import replace

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.briefings import Briefings
from visitapp.domain.exchange.given_back import Assignments, FollowedIssues
from visitapp.domain.year.own_visits import OwnCountedVisits
from visitapp.exchange.message_content import decoded
from visitapp.persistence import assigned, given_back, issues, ledger, schemes
from visitapp.services.exchange.incoming_message import IncomingMessage


def take_assignment(incoming: IncomingMessage) -> Changes:
    """The visits that this visitor is to make."""
    incoming.receiver()
    assignments = decoded(incoming.message.content, Assignments)
    if incoming.is_overtaken():
        return Changes.NONE
    assigned.replace_all(incoming.connection, assignments.visits)
    assigned.replace_draws(incoming.connection, assignments.draws)
    return Changes.PLANS


def take_issues(incoming: IncomingMessage) -> Changes:
    """What became of issues that this visitor raised."""
    incoming.receiver()
    connection, access = incoming.connection, incoming.access
    by, limits = incoming.access.actor.name, schemes.schemes(connection)
    for followed in decoded(incoming.message.content, FollowedIssues).issues:
        line = issues.line(connection, followed.issue_id, limits, access.today())
        there = issues.steps(connection, [followed.issue_id]).get(followed.issue_id, ())
        if line is None or followed.steps[: len(there)] != there:
            continue  # not in this copy yet, or a later message came before
        issue, new = line.issue, followed.steps[len(there) :]
        if not new:
            continue
        issues.set_state(connection, issue, issue.version, followed.status, followed.closed_on)
        issues.add_steps(connection, line.scheme_id, issue.id, new, len(there))
        state = replace(issue, status=followed.status, closed_on=followed.closed_on)
        entry = ledger.issue_went_on(state, followed.steps, line.scheme_id, by, access.now())
        ledger.append(connection, [entry])
    return Changes.ISSUES | Changes.VISITS


def take_briefings(incoming: IncomingMessage) -> Changes:
    """What the reports say of the sites that this visitor may visit."""
    incoming.receiver()
    briefings = decoded(incoming.message.content, Briefings)
    if incoming.is_overtaken():
        return Changes.NONE
    given_back.replace_briefings(incoming.connection, briefings.sites, briefings.as_of)
    return Changes.ISSUES


def take_own_visits(incoming: IncomingMessage) -> Changes:
    """The visits of this visitor, as the office counts them."""
    incoming.receiver()
    counted = decoded(incoming.message.content, OwnCountedVisits)
    if incoming.is_overtaken():
        return Changes.NONE
    given_back.replace_counted_visits(incoming.connection, counted.visits)
    return Changes.VISITS
