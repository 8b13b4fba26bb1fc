"""Requests, gaps in custody records and who offered the visit, as the answers were counted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from uuid import UUID

from visitapp.domain.report.counted_answers import (
    ANY_ANSWER,
    INTRODUCED_BY,
    NO_ANSWER,
    OFFERS,
    REQUESTS,
)
from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.custody_answers import (
    CustodyAnswers,
    GapFigures,
    OfferFigures,
    OffersCompared,
    RecordFigures,
    RequestFigures,
    RequestPart,
)
from visitapp.persistence import counted_answers
from visitapp.persistence.counted_answers import AnswerCount, AnswerKey
from visitapp.persistence.counting import Scope
from visitapp.persistence.database import Connection
from visitapp.services.year.findings import CountedQuestion, known_questions

RECORD_GAPS = "record_gaps"
"""The key of the question about gaps in the custody records that were checked."""
_Counts = Mapping[AnswerKey, AnswerCount]


def custody_answers(connection: Connection, scope: Scope) -> CustodyAnswers:
    """The figures of the sites of a custody scheme that are in the scope. The requests are compared
    with those of the period before."""
    by_site = counted_answers.counts_by_site(connection, scope, (REQUESTS, RECORD_GAPS, OFFERS))
    counts = _added(by_site)
    known = known_questions(connection, scope.scheme_id)
    asked = question_of_requests(known)
    by_key = {each.question.key: each for each in known}
    requests = {
        site_id: requests_of(asked, by_site[site_id]) for site_id in sorted(by_site, key=str)
    }
    in_all = requests_of(asked, counts)
    before = scope.period.year_before()
    if before.end < scope.period.start:  # a period longer than a year would overlap with it
        earlier = replace(scope, period=before)
        of_earlier = counted_answers.counts_by_site(connection, earlier, (REQUESTS,))
        in_all = in_all.compared(requests_of(asked, _added(of_earlier)))
    return CustodyAnswers(
        in_all,
        {
            site_id: RequestPart(figures.raised, figures.resolved)
            for site_id, figures in requests.items()
            if figures.raised
        },
        _records(by_key.get(RECORD_GAPS), counts),
        _offers(by_key.get(INTRODUCED_BY), counts),
    )


def _added(by_site: Mapping[UUID, _Counts]) -> _Counts:
    """What was counted at all sites together."""
    counts: dict[AnswerKey, AnswerCount] = {}
    for of_site in by_site.values():
        for key, count in of_site.items():
            counts.setdefault(key, AnswerCount()).add(count.rows, count.total, count.most)
    return counts


def question_of_requests(known: Iterable[CountedQuestion]) -> CountedQuestion | None:
    """The question about requests; None if no form asks it."""
    return next((q for q in known if q.question.traits.measure is Measure.REQUESTS), None)


def requests_of(asked: CountedQuestion | None, counts: _Counts) -> RequestFigures:
    """The requests among some counts; `asked` has the words for their kinds."""
    labels = {} if asked is None else asked.labels
    of = {code: count for (key, _, code), count in counts.items() if key == REQUESTS}
    kinds = tuple(
        RequestPart(of[code].rows, of[code].total, code, labels.get(code, code))
        for code in dict.fromkeys((*labels, *sorted(of)))
        if code in of
    )
    return RequestFigures(
        sum(count.rows for count in of.values()), sum(count.total for count in of.values()), kinds
    )


def _records(asked: CountedQuestion | None, counts: _Counts) -> RecordFigures:
    """A checked record without an answer about gaps has none: the question is only asked of
    records that were checked."""
    if asked is None or not asked.question.is_counted:
        return RecordFigures()
    of = _answers(asked, asked.question.key, counts)
    with_gap = of.pop(ANY_ANSWER, AnswerCount()).rows
    checked = with_gap + of.pop(NO_ANSWER, AnswerCount()).rows
    if not checked:
        return RecordFigures()
    codes = dict.fromkeys((*asked.labels, *sorted(of)))
    numbers = {code: of.get(code, AnswerCount()).rows for code in codes}
    return RecordFigures(
        checked,
        with_gap,
        tuple(GapFigures(asked.labels.get(code, code), numbers[code], checked) for code in codes),
    )


def _offers(asked: CountedQuestion | None, counts: _Counts) -> OffersCompared:
    if asked is None:
        return OffersCompared()
    of = _answers(asked, OFFERS, counts)
    if not of:
        return OffersCompared()
    codes = dict.fromkeys((*asked.labels, *sorted(of)))
    offers = {code: of.get(code, AnswerCount()) for code in codes}
    return OffersCompared.of(
        [OfferFigures(asked.labels.get(c, c), offers[c].rows, offers[c].total, c) for c in codes],
        asked.question.meaning,
    )


def _answers(asked: CountedQuestion, key: str, counts: _Counts) -> dict[str, AnswerCount]:
    """What was counted under a key while the question meant what it means now."""
    wanted = (key, asked.question.meaning)
    return {code: count for (k, meaning, code), count in counts.items() if (k, meaning) == wanted}
