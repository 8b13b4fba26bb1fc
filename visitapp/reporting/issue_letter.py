"""A letter to the force about what visitors raised: as a sheet to print, and as an e-mail draft."""

from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP

from visitapp.domain.following.issue_list import days_words
from visitapp.domain.following.issue_log import IssueLetter, LoggedIssue
from visitapp.domain.text.wording import capitalised, counted, long_date, lowered, plural
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Document,
    ListItem,
    Masthead,
    Paragraph,
    Section,
    Table,
    text,
)
from visitapp.reporting.plain_text import plain_text


def _columns(letter: IssueLetter) -> tuple[Column, ...]:
    return (
        Column("Raised", "left", 1.5),
        Column("Site", "left", 1.6),
        Column("What visitors raised" if letter.is_of_visitors else "Issue", "left", 5),
        Column("Reply by", "left", 1.7),
    )


def issue_letter(letter: IssueLetter) -> Document:
    """The letter as a sheet."""
    return Document(
        title=subject(letter),
        as_at=letter.as_at,
        office=letter.office,
        head_left=letter.office,
        head_right=letter.scheme,
        masthead=Masthead(
            office=letter.office,
            marking=letter.scheme,
            title=subject(letter),
            subtitle=f"To the {letter.to}, {long_date(letter.as_at)}",
            notice=f"{letter.made_up}." if letter.made_up else "",
        ),
        subject=letter.scheme,
        sections=(Section("letter", "", tuple(_blocks(letter)), in_contents=False),),
    )


def draft_email(letter: IssueLetter) -> bytes:
    """The letter as a message that a mail program opens as a draft (`X-Unsent`). It has no sender,
    address or date, which the program adds; the same letter always gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = plain_text(subject(letter))
    message["X-Unsent"] = "1"
    message.set_content(plain_text("\n\n".join(_lines(letter))) + "\n", cte="quoted-printable")
    return message.as_bytes()


def subject(letter: IssueLetter) -> str:
    """`Issues raised at Keyham Lane on 12 March 2025`, `Reminder: …`; `Issues at your sites` where
    the office opened some."""
    raised = "raised " if letter.is_of_visitors else ""
    words = f"Issues {raised}{letter.about}"
    return f"Reminder: {lowered(words)}" if letter.is_reminder else words


def _blocks(letter: IssueLetter) -> Iterator[Block]:
    yield Paragraph(text(_opening(letter)), wide=True)
    if letter.to_answer:
        rows = tuple(
            (
                long_date(issue.line.raised_on),
                issue.line.site_name,
                _what(issue),
                _due(issue),
            )
            for issue in letter.to_answer
        )
        yield Table(1, "Issues that need a reply", _columns(letter), rows)
        yield Paragraph(text(_ask(letter)), wide=True)
    if letter.put_right:
        yield Paragraph(text(_THANKS), wide=True)
        items = (ListItem(text(_where_and_what(issue))) for issue in letter.put_right)
        yield BulletList(tuple(items), wide=True)
    yield Paragraph(text(f"{letter.scheme}, {letter.office}"), wide=True)


def _lines(letter: IssueLetter) -> Iterator[str]:
    yield _opening(letter)
    for at, issue in enumerate(letter.to_answer, 1):
        yield f"{at}. {_where_and_what(issue)}\n   {_due(issue)}."
    if letter.to_answer:
        yield _ask(letter)
    if letter.put_right:
        yield "\n".join((_THANKS, *(f"- {_where_and_what(issue)}" for issue in letter.put_right)))
    if letter.made_up:
        yield f"{letter.made_up}."
    yield f"{letter.scheme}\n{letter.office}"


_THANKS = "These were put right during the visit. Thank you; no reply is needed."


def _opening(letter: IssueLetter) -> str:
    number = len(letter.to_answer)
    issues = counted(number, "issue")
    if letter.is_reminder:
        wait = plural(number, "waits", "wait")
        raised = " raised by visitors" if letter.is_of_visitors else ""
        return capitalised(f"{issues}{raised} {wait} for a reply that is overdue.")
    if not number:
        return f"Visitors raised nothing {letter.about} that needs a reply."
    need = plural(number, "needs", "need")
    if not letter.is_of_visitors:
        return capitalised(f"{issues} {letter.about} {need} a reply.")
    return f"Visitors raised {issues} {letter.about} that {need} a reply."


def _ask(letter: IssueLetter) -> str:
    it = plural(len(letter.to_answer), "it", "each")
    ask = f"Please let us know what was done about {it}."
    if letter.is_of_visitors:
        return f"{ask} We will pass it on to the visitors who raised it."
    if any(issue.line.visit_id is not None for issue in letter.to_answer):
        return f"{ask} Where visitors raised it, we will pass it on to them."
    return ask


def _what(issue: LoggedIssue) -> str:
    line = issue.line
    place = f" ({line.issue.place.strip()})" if line.issue.place.strip() else ""
    words = "" if issue.words == line.category else f": {issue.words}"
    return f"{issue.kind}{place}{words}"


def _where_and_what(issue: LoggedIssue) -> str:
    line = issue.line
    return f"{line.site_name}, {long_date(line.raised_on)}: {_what(issue)}"


def _due(issue: LoggedIssue) -> str:
    day = long_date(issue.due_on)
    over = issue.line.days_over
    return f"Was due by {day}, {days_words(over)} ago" if over > 0 else f"Reply by {day}"
