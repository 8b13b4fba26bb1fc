"""A visit's report as a document for one reader, with no hint of what is left out."""

from collections.abc import Iterator
from datetime import datetime
from itertools import count

from visitapp.domain.moment import uk_time
from visitapp.domain.reading.report_lines import day_text
from visitapp.domain.report.visit import Confirmation
from visitapp.domain.text.wording import count_text, joined, long_date, plural
from visitapp.reporting.blocks import Document, Masthead, Paragraph, Section, text
from visitapp.reporting.visit_report.facts import top
from visitapp.reporting.visit_report.findings import (
    form_sections,
    issues_section,
    overall_section,
)
from visitapp.reporting.visit_report.people import people_section
from visitapp.reporting.visit_report.source import VisitCopy, ended

__all__ = ["VisitCopy", "visit_report"]


def visit_report(copy: VisitCopy) -> Document:
    """The document, dated by the day on which the report was signed."""
    visit, about = copy.visit, copy.about
    title = "Report of a custody visit" if copy.is_custody else "Report of an animal welfare visit"
    site = "" if about.site is None else f"{about.site.name}, "
    tables = count(1)
    sections = [
        Section("facts", "", tuple(top(copy))),
        issues_section(copy),
        people_section(copy, tables),
        *form_sections(copy, tables),
        overall_section(copy),
        Section("sign-off", "", tuple(_signed(copy))),
    ]
    return Document(
        title=f"{title}, {visit.ref}",
        as_at=uk_time(visit.locked_at or visit.arrived.in_utc).date(),
        office=copy.office.name,
        head_left=f"{title}, {visit.ref}",
        head_right="",
        sections=tuple(section for section in sections if section is not None),
        masthead=Masthead(
            office=copy.office.name,
            marking=f"Copy for: {copy.recipient.name}",
            title=title,
            subtitle=f"{site}{day_text(visit.arrived)}, report {visit.ref}",
            notice=_notice(copy),
            close=True,
        ),
        subject=f"{site}{day_text(visit.arrived)}",
    )


def _notice(copy: VisitCopy) -> str:
    if copy.office.made_up_note:
        return f"{copy.office.made_up_note}. Every entry of this report is invented."
    return ""


def _signed(copy: VisitCopy) -> Iterator[Paragraph]:
    words = [_confirmed(copy), _edition(copy)]
    if copy.anchor is not None:
        words.append(f"With this report, the records had {copy.anchor.text}.")
    yield Paragraph(text(" ".join(filter(None, words))), "note")


def _confirmed(copy: VisitCopy) -> str:
    visit = copy.visit
    if not visit.confirmations:
        return "Brought in from earlier records; not confirmed on this copy."
    if not copy.recipient.audience.knows_visitors:
        times = [signed.confirmed_at for signed in visit.confirmations]
        who = "both visitors" if len(times) == 2 else "the visitors"
        if number := len(copy.confirmed):
            several = f", {count_text(number)} of them on their own copies"
            who += plural(number, ", one of them on their own copy", several)
        return f"Confirmed by {who}, at last on {_at(max([*times, *copy.confirmed.values()]))}."
    return f"Confirmed by {joined([_signature(copy, signed) for signed in visit.confirmations])}."


def _signature(copy: VisitCopy, signed: Confirmation) -> str:
    """A name that was typed on the writer's copy, or the confirmation on that person's own."""
    name, at = signed.typed_name or "a visitor", copy.confirmed.get(signed.person_id)
    return (
        f"{name} on {_at(signed.confirmed_at)}"
        if at is None
        else (f"{name} on their own copy on {_at(at)}")
    )


def _at(moment: datetime) -> str:
    local = uk_time(moment)
    return f"{long_date(local.date())} at {local:%H:%M}"


def _edition(copy: VisitCopy) -> str:
    report = copy.visit.report
    edition = 1 if report is None else report.edition
    if report is None or edition == 1:
        return "First edition."
    by = f" by {report.amended_by}" if report.amended_by else ""
    why = f": {ended(report.amended_reason)}" if report.amended_reason else "."
    return f"Edition {edition}, amended{by}{why} It takes the place of every earlier edition."
