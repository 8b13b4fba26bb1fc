"""Watchers that combine many signs: logistic regression and boosted trees.

They need the extra `watchers`, which takes 200 MB. If it isn't installed, a history is judged
without them and its figures say so. They take no part in the draw. The signs of a day or a visit
come only from what happened before it; the models are trained again whenever the history has grown
by a half.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from importlib.util import find_spec
from typing import Any

from visitapp.planning.predictors import LONGEST_GAP, SeenDay

LEARNERS = LOGISTIC, TREES = "logistic regression", "boosted trees"
_FEWEST_DAYS, _FEWEST_VISITS = 56, 10
_LONG_AGO = 60

Learner = Callable[[], Any]


def are_installed() -> bool:
    """Whether this installation has the extra `watchers`, which the learners need."""
    return all(find_spec(name) is not None for name in ("sklearn", "threadpoolctl"))


def learners() -> dict[str, Learner]:
    """The learners by name; each creates an untrained model. Empty without the extra."""
    if not are_installed():
        return {}
    from sklearn.ensemble import HistGradientBoostingClassifier
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    return {
        LOGISTIC: lambda: make_pipeline(StandardScaler(), LogisticRegression(max_iter=500)),
        TREES: lambda: HistGradientBoostingClassifier(
            max_iter=40, max_depth=3, early_stopping=False, random_state=0
        ),
    }


def learned_days(learner: Learner, days: Sequence[SeenDay], mean: float) -> list[float]:
    """For each day in turn, the model's likelihood of a visit before the day; `mean` at first."""
    from threadpoolctl import threadpool_limits

    signs = list(_signs_of_days(days))
    had_visit = [bool(today.cells) for today in days]
    chances = [mean] * len(days)
    with threadpool_limits(1):  # one thread does so little work faster than several
        for begin, end in _lessons(len(days), _FEWEST_DAYS):
            taught = _taught(learner, signs[:begin], had_visit[:begin])
            if taught is not None:
                chances[begin:end] = taught.predict_proba(signs[begin:end])[:, 1].tolist()
    return chances


def learned_cells(learner: Learner, days: Sequence[SeenDay], cells: int, bands: int) -> list[float]:
    """For each visit in turn, the score of the guess of its timeslot: 1 if right, 1/n in a tie.

    `cells` timeslots are numbered row by row, with `bands` in a row.
    """
    from threadpoolctl import threadpool_limits

    visits = [(today, cell) for today in days for cell in today.cells if cell is not None]
    signs = list(_signs_of_cells(visits, cells, bands))  # visits x timeslots x signs
    outcomes = [cell == other for _, cell in visits for other in range(cells)]
    scores = [1 / cells] * len(visits)
    with threadpool_limits(1):
        for begin, end in _lessons(len(visits), _FEWEST_VISITS):
            taught = _taught(learner, _flat(signs[:begin]), outcomes[: begin * cells])
            if taught is None:
                continue
            chances = taught.predict_proba(_flat(signs[begin:end]))[:, 1].reshape(-1, cells)
            for at, row in enumerate(chances.tolist(), begin):
                best = max(row)
                scores[at] = (row[visits[at][1]] == best) / row.count(best)
    return scores


def _flat(signs: Sequence[list[list[float]]]) -> list[list[float]]:
    return [row for rows in signs for row in rows]


def _taught(learner: Learner, signs: Sequence[list[float]], outcomes: Sequence[bool]) -> Any:
    """A trained model; None if all outcomes so far are the same, so that there is nothing to
    learn."""
    if len(set(outcomes)) < 2:
        return None
    taught = learner()
    taught.fit(signs, outcomes)
    return taught


def _lessons(number: int, fewest: int) -> Iterator[tuple[int, int]]:
    """(begin, end): train on everything before `begin`, and use the model up to `end`."""
    begin = fewest
    while begin < number:
        end = min(number, begin + begin // 2)
        yield begin, end
        begin = end


def _signs_of_days(days: Sequence[SeenDay]) -> Iterator[list[float]]:
    """Weekday, days since the last visit, visits in the week and in the last four weeks."""
    last: date | None = None
    visits_in: Counter[int] = Counter()
    past: list[date] = []
    for today in days:
        in_span = visits_in[today.span]
        gap = LONGEST_GAP if last is None else min((today.day - last).days, LONGEST_GAP)
        weekday = today.day.weekday()
        past = [day for day in past if (today.day - day).days <= 28]
        yield [
            *(float(weekday == day) for day in range(7)),
            float(weekday),
            *(float(weekday == day and not in_span) for day in range(7)),
            float(gap),
            float(in_span > 0),
            float(in_span),
            float(len(past)),
        ]
        if today.cells:
            last = today.day
            visits_in[today.span] += 1
            past.append(today.day)


def _signs_of_cells(
    visits: Sequence[tuple[SeenDay, int]], cells: int, bands: int
) -> Iterator[list[list[float]]]:
    """For each visit and timeslot: visits of the year and of all time, time since the last one,
    row, column, how many timeslots have none yet, and its position relative to the last visit."""
    ever, last = [0] * cells, [-_LONG_AGO] * cells
    counts: list[int] = []
    year, before = None, 0
    for number, (today, cell) in enumerate(visits):
        if today.year != year:
            year, counts = today.year, [0] * cells
        unvisited = counts.count(0)
        fewest = min(counts)
        yield [
            [
                float(counts[other] == 0),
                float(counts[other] - fewest),
                float(ever[other]),
                float(min(_LONG_AGO, number - last[other])),
                float(other // bands),
                float(other % bands),
                float(unvisited),
                float(counts[other] == 0) / max(1, unvisited),
                float((other // bands - before // bands) % (cells // bands)),
            ]
            for other in range(cells)
        ]
        counts[cell] += 1
        ever[cell] += 1
        last[cell], before = number, cell
