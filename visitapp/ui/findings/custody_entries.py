"""Requests, gaps in custody records and offers as entries of the page Findings. QtCore only."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from visitapp.domain.figures import Share, single_share
from visitapp.domain.report.counted_answers import OFFERS, REQUESTS
from visitapp.domain.report.kinds import Measure
from visitapp.domain.report.requests import UNRESOLVED
from visitapp.domain.text.wording import count_text, none_or, number_of
from visitapp.domain.year.custody_answers import (
    CustodyAnswers,
    OffersCompared,
    RecordFigures,
    RequestFigures,
)
from visitapp.domain.year.findings import AnswerChange, AnswerFigures, QuestionFigures
from visitapp.ui.findings.answer_number import AnswerNumber, change_words

RECORD_GAPS = "record_gaps"


@dataclass(frozen=True, slots=True)
class CustodyEntries:
    """`questions` are listed with the others. By the key of a question, `about` is what is said of
    it, and `lines` are its answers."""

    questions: tuple[QuestionFigures, ...] = ()
    about: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, tuple[AnswerNumber, ...]] = field(default_factory=dict)


def entries_of(
    answers: CustodyAnswers | None, findings: Sequence[QuestionFigures]
) -> CustodyEntries:
    """The entries of what is known; `findings` are the questions that are listed anyway."""
    if answers is None:
        return CustodyEntries()
    questions: list[QuestionFigures] = []
    about: dict[str, str] = {}
    lines: dict[str, tuple[AnswerNumber, ...]] = {}
    requests, records, offers = answers.requests, answers.records, answers.offers
    if requests.raised:
        questions.append(_requests(requests))
        about[REQUESTS], lines[REQUESTS] = _about_requests(requests), _of_requests(requests)
    gaps = next((figures for figures in findings if figures.key == RECORD_GAPS), None)
    if records.checked and gaps is not None:
        about[RECORD_GAPS], lines[RECORD_GAPS] = _about_records(records), _of_records(gaps)
    if offers.offers:
        question = _entry(OFFERS, "Who made the offer of a visit", "Offers", offers.offers)
        questions.append(replace(question, meaning=offers.meaning))
        about[OFFERS], lines[OFFERS] = _about_offers(offers), _of_offers(offers)
    return CustodyEntries(tuple(questions), about, lines)


def _entry(key: str, ask: str, section: str, number: int) -> QuestionFigures:
    return QuestionFigures(
        key=key,
        meaning=1,
        ask=ask,
        section=section,
        measure=Measure.REQUESTS,
        of_rows=True,
        of_people=True,
        manager_only=False,
        asked=number,
        answered=number,
        not_checked=0,
    )


def _requests(figures: RequestFigures) -> QuestionFigures:
    """The concerns are requests that were not put right."""
    left = figures.raised - figures.resolved
    share = single_share(left, figures.raised)
    unresolved = AnswerFigures(UNRESOLVED, "Not put right", left, share, is_concern=True)
    entry = _entry(REQUESTS, "What they asked for", "Requests", figures.raised)
    return replace(entry, answers=(unresolved,))


def _about_requests(figures: RequestFigures) -> str:
    return (
        f"{number_of(figures.raised, 'request')}, of which {count_text(figures.resolved)} "
        f"({figures.share.text}) were put right during the visit. The share says how many of each "
        f"kind were.{_about_change(figures.change)}"
    )


def _about_change(change: AnswerChange | None) -> str:
    """The share put right in the year before, and what the difference means."""
    if change is None:
        return ""
    earlier = single_share(change.earlier_part, change.earlier_whole).text
    requests = number_of(change.earlier_whole, "request")
    before = f" The year before had {requests}, and {earlier} of these were put right"
    if change.points == 0:
        return f"{before} too."
    if change.is_chance:
        return f"{before}: the difference may be chance."
    return f"{before}: the difference is more than chance would usually explain."


def _of_requests(figures: RequestFigures) -> tuple[AnswerNumber, ...]:
    return tuple(
        AnswerNumber(
            kind.code,
            kind.label,
            count_text(kind.raised or 0),
            _share(kind.share),
            "" if kind.change is None else change_words(kind.change),
        )
        for kind in figures.by_kind
    )


def _share(share: Share | None) -> str:
    return "" if share is None else share.text


def _about_records(figures: RecordFigures) -> str:
    whole = figures.any_gap
    interval = "" if whole.interval is None else f"; 95% interval {whole.interval.text}"
    return (
        f"{number_of(figures.checked, 'record')} checked: {none_or(whole.number or 0)} had a gap "
        f"({_share(whole.share)}{interval}). Shares are of the records checked. A record can have "
        "several gaps."
    )


def _of_records(gaps: QuestionFigures) -> tuple[AnswerNumber, ...]:
    """The kinds of gap, of all records checked: those that were asked about gaps."""
    return tuple(
        AnswerNumber(
            answer.code,
            answer.label,
            count_text(answer.number or 0),
            single_share(answer.number or 0, gaps.asked).text,
        )
        for answer in gaps.answers
    )


def _about_offers(compared: OffersCompared) -> str:
    opening = "Offers of a visit by who made them. The share says how many were accepted."
    if compared.is_chance is None:
        return opening
    if compared.is_chance:
        return f"{opening} The difference may be chance."
    return f"{opening} The difference is more than chance would usually explain."


def _of_offers(compared: OffersCompared) -> tuple[AnswerNumber, ...]:
    return tuple(
        AnswerNumber(maker.code, maker.label, count_text(maker.offers or 0), _share(maker.share))
        for maker in compared.by_maker
    )
