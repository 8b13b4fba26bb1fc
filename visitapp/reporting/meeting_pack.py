"""The papers for a meeting: the agenda made of what happened since the last one, then the figures,
and the minutes once they are written.

The force's inspector comes too: timeslots without a visit are printed only once the year is over,
as in the quarterly update, which the figures are taken from.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import count, groupby
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.office.meeting import Meeting, MeetingAction
from visitapp.domain.text.pasted import begins_an_item
from visitapp.domain.text.wording import (
    capitalised,
    count_text,
    dates,
    joined,
    long_date,
    none_or,
    number_of,
    opening_number,
    or_none,
    out_of,
    plural,
    short_date,
    time_given,
)
from visitapp.domain.year.below_minimum import reached_words
from visitapp.domain.year.meeting_pack import Delay, MeetingPack
from visitapp.domain.year.quarterly_update import QuarterlyUpdate, SchemeUpdate
from visitapp.reporting.blocks import (
    Block,
    Column,
    Document,
    Heading,
    Masthead,
    Section,
    Table,
    Terms,
    paragraphs,
)
from visitapp.reporting.meeting_reviews import reviewed, reviews_section
from visitapp.reporting.prose import text_blocks
from visitapp.reporting.quarterly_update import quarterly_update
from visitapp.reporting.visit_report.source import ended

_NO_ACTIONS = "No actions from earlier meetings"


def meeting_paper(pack: MeetingPack) -> Document:
    """The document."""
    meeting = pack.meeting
    kind = "Meeting" if meeting is None else meeting.kind.label
    title = kind if meeting is None else f"{kind}, {short_date(meeting.held_on)}"
    days = dates(pack.period.start, pack.period.end)
    return Document(
        title=title,
        as_at=pack.as_at,
        office=pack.office.name,
        head_left=title,
        head_right=pack.office.area,
        sections=_numbered(tuple(_sections(pack))),
        masthead=Masthead(
            office=pack.office.name,
            marking="Meeting pack",
            title=title,
            subtitle=f"What happened from {days}",
            notice=f"{pack.office.made_up_note}." if pack.office.made_up_note else "",
        ),
        subject=f"Meeting pack, {days}",
    )


def _numbered(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    numbers = count(1)
    return tuple(
        replace(
            section,
            blocks=tuple(
                replace(block, number=next(numbers)) if isinstance(block, Table) else block
                for block in section.blocks
            ),
        )
        for section in sections
    )


def _sections(pack: MeetingPack) -> Iterator[Section]:
    if pack.meeting is not None:
        yield Section("meeting", "", (Terms(tuple(_details(pack, pack.meeting))),))
    yield Section("agenda", "Agenda", (_agenda(pack),))
    if pack.meeting is not None and pack.meeting.record.strip():
        yield _minutes(pack, pack.meeting)
    yield _actions(pack)
    if pack.before is not None and pack.before.record.strip():
        yield Section(
            "before",
            f"Minutes of {long_date(pack.before.held_on)}",
            tuple(_words(pack.before.record)),
        )
    for at, update in enumerate(pack.updates):
        yield from _figures(update, at, of=len(pack.updates))
    yield _delays(pack)
    yield _open_issues(pack)
    if pack.reviews:
        yield reviews_section(pack)
    yield _training(pack)


# the meeting


def _details(pack: MeetingPack, meeting: Meeting) -> Iterator[tuple[str, str]]:
    place = f"{meeting.mode.label}, {meeting.place}" if meeting.place else meeting.mode.label
    length = "" if meeting.length is None else f", {time_given(meeting.length)}"
    yield "When and where", f"{short_date(meeting.held_on)}{length}. {place}."
    for name, words in (
        ("Chair", meeting.chair),
        ("Also invited", " ".join(meeting.guests.split())),
        ("Present", _named(pack, meeting.present)),
        ("Apologies", _named(pack, meeting.apologies)),
        ("Next meeting", "" if pack.next_on is None else short_date(pack.next_on)),
    ):
        if words:
            yield name, words


def _named(pack: MeetingPack, ids: Iterable[UUID]) -> str:
    return joined(sorted(pack.names[person_id] for person_id in ids if person_id in pack.names))


def _agenda(pack: MeetingPack) -> Table:
    meeting = pack.meeting
    apologies = 0 if meeting is None else len(meeting.apologies)
    overdue = sum(action.is_overdue(pack.day) for _, action in pack.actions)
    still = len(pack.actions)
    late = f", {number_of(overdue, 'is', 'are')} late" if overdue else ""
    of = "" if pack.limit is None else "of "
    items = [
        ("Welcome and apologies", f"{none_or(apologies)} sent apologies"),
        ("Actions agreed before", f"{or_none(still)} to do{late}"),
        *((f"Visits and coverage{name}", words) for name, words in _visits(pack)),
        ("Issues raised and the force\u2019s replies", _raised(pack)),
        ("Delays", f"{or_none(len(pack.delays))} {of}{_longer(pack)}"),
        ("Open issues", or_none(len(pack.open_issues) + pack.more_issues)),
        ("Training due", or_none(len(pack.training))),
    ]
    if pack.reviews:
        items.insert(-1, ("Reviews of custody records", reviewed(pack)))
    if pack.of_minimum:
        items.append(("The least visits and meetings a year", _reached(pack)))
    topics = [] if meeting is None else [line.strip() for line in meeting.topics.splitlines()]
    items += [(topic, "") for topic in topics if topic]
    items.append(("Any other business, and the next meeting", ""))
    return Table(
        0,
        "What to talk about, and what the records say of it",
        (Column("Item", "left", 2.6), Column("Since the last meeting", "left", 3)),
        tuple((f"{at}. {item}", capitalised(words)) for at, (item, words) in enumerate(items, 1)),
    )


def _reached(pack: MeetingPack) -> str:
    """The force's inspector reads it too, so it says how many; People says who."""
    reached = reached_words(pack.of_minimum)
    return f"{reached} reached them, in the twelve months to {long_date(pack.day)}"


def _visits(pack: MeetingPack) -> Iterator[tuple[str, str]]:
    """Of each scheme: visits made of those due, and the weeks that were missed."""
    titles: dict[str, list[SchemeUpdate]] = {}
    for update in pack.updates:
        for scheme in update.every:
            titles.setdefault(scheme.quarter.scheme.title, []).append(scheme)
    for title, parts in titles.items():
        targets = [part.quarter.judged().target for part in parts]
        done, due = (sum(getattr(t, name) for t in targets) for name in ("done", "expected"))
        visits = sum(part.quarter.visits for part in parts)
        missed = sum(part.missed for part in parts)
        unit = parts[0].quarter.unit
        words = number_of(visits, "visit")
        if done > due > 0:
            words = f"{number_of(done, 'visit')}, {count_text(done - due)} more than due"
        elif due:
            words = f"{out_of(done, due)} visits due"
        words += f"; {number_of(missed, unit)} missed" if missed else ""
        yield (f": {title}" if len(titles) > 1 else ""), words


def _raised(pack: MeetingPack) -> str:
    issues = [scheme.quarter.issues for update in pack.updates for scheme in update.every]
    raised, still = sum(item.total for item in issues), sum(item.open for item in issues)
    words = f"{none_or(raised)} raised"
    return f"{words}, {none_or(still)} still open" if raised else words


def _minutes(pack: MeetingPack, meeting: Meeting) -> Section:
    blocks: list[Block] = [*_words(meeting.record)]
    if meeting.actions:
        agreed = [(meeting, action) for action in meeting.actions]
        blocks.append(_action_table("What was agreed", agreed, pack.today, since=False))
    return Section("minutes", "Minutes", tuple(blocks))


def _words(typed: str) -> Iterator[Block]:
    """Paragraphs as they were typed; a list ends with its last line that begins like an item."""
    lines = typed.splitlines()
    for _, run in groupby(lines, key=begins_an_item):
        yield from text_blocks("\n".join(run), join_lines=False, wide=True)


def _actions(pack: MeetingPack) -> Section:
    if not pack.actions:
        words = "Everything agreed before is done" if pack.before else _NO_ACTIONS
        return Section("actions", words, ())
    many = _many(len(pack.actions), "action")
    verb = plural(len(pack.actions), "is", "are")
    table = _action_table("Agreed at earlier meetings", pack.actions, pack.day, since=True)
    return Section("actions", f"{many} {verb} still to do", (table,))


def _many(number: int, noun: str) -> str:
    return f"{opening_number(number)} {plural(number, noun)}"


def _action_table(
    caption: str,
    actions: Iterable[tuple[Meeting, MeetingAction]],
    day: date,
    *,
    since: bool,
) -> Table:
    columns = (
        Column("What", "left", 3),
        Column("Who", "left", 1.4),
        *((Column("Agreed on", "left", 1.3),) if since else ()),
        Column("By when", "left", 1.3),
        Column("State", "left", 1.1),
    )
    rows = tuple(
        (
            action.what,
            action.owner or "Nobody yet",
            *((long_date(meeting.held_on),) if since else ()),
            "No date" if action.due_on is None else long_date(action.due_on),
            _state(action, day),
        )
        for meeting, action in actions
    )
    return Table(0, caption, columns, rows)


def _state(action: MeetingAction, day: date) -> str:
    if action.done_on is not None:
        return "Done"
    return "Late" if action.is_overdue(day) else "To do"


# the figures


def _figures(update: QuarterlyUpdate, at: int, *, of: int) -> Iterator[Section]:
    """The sections of a quarterly update, without its thanks."""
    title = "Visits and coverage"
    if of > 1:
        title += f", {update.office.years.label(update.period)}"
    heading = Heading(title, wide=True)
    for place, section in enumerate(quarterly_update(update).sections):
        if section.key.endswith("-thanks"):
            continue
        blocks, words = section.blocks, section.title
        if not place:
            blocks, words = ((heading, *blocks) if words else blocks), words or title
        key = f"{at}-{section.key}"
        yield replace(section, key=key, title=words, blocks=blocks, starts_page=False)


def _longer(pack: MeetingPack) -> str:
    """Which waits are listed."""
    if pack.limit is None:
        return "longer than the scheme allows"
    return f"more than {number_of(pack.limit, 'minute')}"


def _delays(pack: MeetingPack) -> Section:
    if not pack.delays:
        return Section("delays", f"Nobody waited {_longer(pack)}", ())
    many = _many(len(pack.delays), "visit")
    table = Table(
        0,
        f"Visits whose visitors waited {_longer(pack)}, oldest first",
        (
            Column("Where", "left", 1.5),
            Column("Day", "left", 1.5),
            Column("Minutes", "right", 0.8),
            Column("Why", "left", 3.4),
        ),
        tuple(map(_delay, pack.delays)),
    )
    return Section("delays", f"{many} began with a wait", (table,))


def _delay(delay: Delay) -> tuple[str, ...]:
    why = " ".join(filter(None, (_sentence(delay.reason), _sentence(delay.explanation))))
    return (
        delay.site_name,
        short_date(delay.day),
        count_text(delay.wait),
        why or "No reason was recorded",
    )


def _sentence(words: str) -> str:
    return ended(words) if words.strip() else ""


def _open_issues(pack: MeetingPack) -> Section:
    was_then = pack.day < pack.today
    if not pack.open_issues:
        return Section("open", f"No issue {'was' if was_then else 'is'} open", ())
    number = len(pack.open_issues) + pack.more_issues
    table = Table(
        0,
        f"Open on {long_date(pack.day)}, oldest first",
        (
            Column("What was raised", "left", 2.6),
            Column("Where", "left", 1.4),
            Column("Kind", "left", 1.4),
            Column("Days open", "left", 1.6),
        ),
        tuple(map(_issue, pack.open_issues)),
    )
    others = number_of(pack.more_issues, "other is", "others are")
    more = paragraphs([f"{others} not listed."]) if pack.more_issues else []
    many = _many(number, "issue")
    verb = plural(number, "was", "were") if was_then else plural(number, "is", "are")
    return Section("open", f"{many} {verb} open", (table, *more))


def _issue(line: IssueLine) -> tuple[str, ...]:
    return line.title_with_origin, line.site_name, line.category, line.days_text


def _training(pack: MeetingPack) -> Section:
    blocks: list[Block] = []
    if pack.training:
        blocks.append(
            Table(
                0,
                "Training that runs out within 90 days, or has",
                (
                    Column("Who", "left", 2),
                    Column("What", "left", 2.6),
                    Column("Until", "left", 1.5),
                ),
                tuple(
                    (item.person.name, item.what, long_date(item.until_on))
                    for item in pack.training
                ),
            )
        )
    if pack.runs_out:
        things = f"{count_text(pack.runs_out)} other {plural(pack.runs_out, 'date')}"
        ends = plural(pack.runs_out, "runs", "run")
        words = f"{things} (vetting, identity cards or terms) {ends} out as well. See People."
        blocks += paragraphs([words])
    return Section("training", "Training due" if pack.training else "No training is due",
                   tuple(blocks))  # fmt: skip
