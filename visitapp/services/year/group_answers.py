"""What answers add up to in each group of sites."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.report.counted_answers import REQUESTS
from visitapp.domain.year.findings import QuestionFigures
from visitapp.domain.year.summary import GroupFigures, SchemeFigures
from visitapp.persistence import counted_answers
from visitapp.persistence.counted_answers import AnswerCount, AnswerKey
from visitapp.persistence.database import Connection
from visitapp.services.year.custody_answers import question_of_requests, requests_of
from visitapp.services.year.findings import by_question, known_questions, question_figures
from visitapp.services.year.group_figures import counts_of_parts
from visitapp.services.year.scheme_figures import FiguresBasis

_Answers = Mapping[AnswerKey, AnswerCount]


def with_group_answers(
    connection: Connection,
    basis: FiguresBasis,
    figures: SchemeFigures,
    findings: Sequence[QuestionFigures],
) -> SchemeFigures:
    """The figures of a scheme with `findings` and requests in each line of a group, if the scheme
    has findings.

    Answers about people stay out: together with those of sites, small numbers could be worked out.
    """
    if not figures.by_group or not findings:
        return figures
    scope = basis.scope(figures.period)
    known = known_questions(connection, scope.scheme_id)
    wanted = {each.key for each in findings if not each.of_people}
    questions = [each for each in known if each.question.key in wanted]
    keys = wanted | {REQUESTS}

    def count(part: Period, site_ids: frozenset[UUID]) -> Mapping[UUID, _Answers]:
        of_part = replace(scope, period=part, site_ids=site_ids)
        return counted_answers.counts_by_site(connection, of_part, keys)

    whole = counted_answers.counts_by_site(connection, scope, keys)
    kinds = {line.kind for line in figures.by_group}
    parts: Mapping[Period, Mapping[UUID, _Answers]] = {
        figures.period: whole,
        **counts_of_parts(kinds, figures.period, basis.sites, count),
    }
    asked = question_of_requests(known)
    lines = []
    for line in figures.by_group:
        counts = _added(_of_line(line, basis, figures.period, parts))
        together = by_question(counts)
        answered = (question_figures(question, together, {}) for question in questions)
        lines.append(
            replace(
                line,
                findings=tuple(each for each in answered if each.asked),
                requests=requests_of(asked, counts),
            )
        )
    return replace(figures, by_group=tuple(lines))


def _of_line(
    line: GroupFigures,
    basis: FiguresBasis,
    period: Period,
    parts: Mapping[Period, Mapping[UUID, _Answers]],
) -> Iterator[_Answers]:
    """The answers at each site of a group, for the days on which it belonged to it."""
    group_id = None if line.group is None else line.group.id
    for site in basis.sites:
        for stay in site.stays(line.kind, period):
            if stay.group_id == group_id:
                yield parts[stay.period].get(site.id, {})


def _added(parts: Iterator[_Answers]) -> _Answers:
    counts: defaultdict[AnswerKey, AnswerCount] = defaultdict(AnswerCount)
    for part in parts:
        for key, count in part.items():
            counts[key].add(count.rows, count.total, count.most)
    return counts
