"""The top of a report: the times, the wait and its reason, who went and how."""

from collections.abc import Iterator
from uuid import UUID

from visitapp.domain.office.grid import clock
from visitapp.domain.reading.report_lines import hours_text
from visitapp.domain.report.visit import guests_of
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE
from visitapp.domain.text.wording import (
    capitalised,
    counted,
    joined,
    lowered,
    opening_number,
    plural,
)
from visitapp.reporting.blocks import Block, KeyFigure, KeyFigures, Paragraph, Run
from visitapp.reporting.visit_report.source import VisitCopy, asked_and_answered, ended

_TOP = frozenset({"site_id", "arrived"})
"""The answers of a section with one of these questions are at the top."""


def top(copy: VisitCopy) -> list[Block]:
    """Times and numbers, the wait, and who went."""
    blocks: list[Block] = [KeyFigures(tuple(_figures(copy)))]
    blocks += _wait(copy)
    blocks += asked_and_answered(_who(copy))
    return blocks


def _figures(copy: VisitCopy) -> Iterator[KeyFigure]:
    visit = copy.visit
    if visit.has_time:
        yield KeyFigure(visit.arrived_at, "arrived")
    else:
        yield KeyFigure("\u2013", "time of arriving not known")
    if visit.admitted is not None:
        yield KeyFigure(clock(visit.admitted.minute), "admitted", _wait_note(copy))
    elif visit.mode == FACE_TO_FACE:
        known = "not admitted" if visit.status != COMPLETED else "time let in not known"
        yield KeyFigure("\u2013", known)
    if visit.left is not None:
        place = "in the suite" if copy.is_custody else "at the unit"
        stayed = visit.left.minutes_since(visit.admitted or visit.arrived)
        note = f"{counted(stayed, 'minute')} {place}" if visit.admitted else ""
        yield KeyFigure(clock(visit.left.minute), "left", note)
    if visit.present is not None:
        site = copy.about.site
        cells = "" if site is None or site.cells is None else f"of {counted(site.cells, 'cell')}"
        if copy.is_custody:
            yield KeyFigure(str(visit.present), "in the cells", cells)
        else:
            yield KeyFigure(str(visit.present), "animals of the unit")


def _wait_note(copy: VisitCopy) -> str:
    wait = copy.visit.plausible_wait
    if wait is None or copy.visit.mode != FACE_TO_FACE:
        return ""
    if wait == 0:
        return "at once"
    immediate = wait <= copy.about.scheme.immediate_limit
    verdict = "immediate" if immediate else "not immediate"
    return f"after {counted(wait, 'minute')}: {verdict}"


def _wait(copy: VisitCopy) -> Iterator[Block]:
    visit = copy.visit
    explanation = ended(visit.delay_explanation)
    if visit.waited_beyond(copy.about.scheme.immediate_limit) or visit.delay_reason or explanation:
        reason = copy.about.book.label("delay_reason", visit.delay_reason) or "not given"
        runs = [Run("Reason for the wait: ", bold=True), Run(ended(lowered(reason)))]
        if explanation:
            runs.append(Run(f" {capitalised(explanation)}"))
        yield Paragraph(tuple(runs))


def _who(copy: VisitCopy) -> Iterator[tuple[str, str]]:
    visit, book = copy.visit, copy.about.book
    kind = [book.label("visit_type", visit.type), lowered(book.label("visit_mode", visit.mode))]
    if visit.status != COMPLETED:
        kind.append(lowered(book.label("visit_status", visit.status)))
    yield "Kind of visit", ", ".join(kind)
    yield "Visitors", _people(copy, visit.visitors, "visitor")
    if visit.observers:
        yield "Went along", _people(copy, visit.observers, "observer")
    if guests := guests_of(visit):
        yield "Guest", joined(guests)
    if copy.recipient.audience.knows_visitors and (hours := hours_text(visit)):
        yield "Time given", hours
    for section in () if copy.form is None else copy.form.sections:
        if _TOP & {question.key for question in section.questions}:
            for question in copy.asked(section):
                if answer := copy.answer(question):
                    yield question.ask, answer


def _people(copy: VisitCopy, ids: tuple[UUID, ...], what: str) -> str:
    if copy.recipient.audience.knows_visitors:
        return joined([copy.about.name(person) for person in ids])
    return f"{opening_number(len(ids))} {plural(len(ids), what)}, known to the scheme"
