"""What the answers of reports add up to, question by question."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property

from visitapp.domain.figures import Share
from visitapp.domain.report.kinds import Measure
from visitapp.domain.year.chance import may_be_chance
from visitapp.domain.year.small_numbers import is_small, not_to_be_shown


@dataclass(frozen=True)
class AnswerChange:
    """The share of an answer now (`part` of `whole`) and in the period before."""

    part: int
    whole: int
    earlier_part: int
    earlier_whole: int

    @cached_property
    def points(self) -> Decimal:
        """By how many percentage points the share rose, one decimal."""
        now = Decimal(self.part) * 100 / self.whole
        return (now - Decimal(self.earlier_part) * 100 / self.earlier_whole).quantize(
            Decimal("0.1"), ROUND_HALF_UP
        )

    @cached_property
    def is_chance(self) -> bool:
        """Whether the difference is no larger than chance would often make it."""
        return may_be_chance(self.part, self.whole, self.earlier_part, self.earlier_whole)


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """How often an answer was given, as a share of those answered. `is_concern`: it says that
    something was wrong. `number` and `share` are None if they are too small to be published."""

    code: str
    label: str
    number: int | None
    share: Share | None
    is_concern: bool = False
    change: AnswerChange | None = None


@dataclass(frozen=True, slots=True)
class NumberFigures:
    """Answers that are numbers. `most` is the largest; `mean` is for each answer, two decimals, and
    None without any. Each is None if it can't be published."""

    total: int | None
    mean: Decimal | None
    most: int | None


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """The answers to one question, in one period.

    `asked` are visits, or rows if it is asked about each detainee or animal (`of_rows`; `of_people`
    if they are detainees). `answered` are those with an answer other than “not checked”, and the
    whole of all shares; `not_checked` are apart, and the rest has no answer. Where several answers
    can be given at once, they may add up to more than `answered`. `answers` is empty for numbers.
    `hides_answered`: how many answered can't be published.
    """

    key: str
    meaning: int
    ask: str
    section: str
    measure: Measure
    of_rows: bool
    of_people: bool
    manager_only: bool
    asked: int
    answered: int
    not_checked: int
    answers: tuple[AnswerFigures, ...] = ()
    numbers: NumberFigures | None = None
    hides_answered: bool = False

    @property
    def shown_answered(self) -> int | None:
        """How many answered, None if that can't be published."""
        return None if self.hides_answered else self.answered

    @property
    def concerns(self) -> int:
        """How many answers say that something was wrong."""
        return sum(answer.number or 0 for answer in self.answers if answer.is_concern)

    @property
    def is_several(self) -> bool:
        """Whether several answers can be given at once."""
        return self.measure is Measure.CODES

    @property
    def is_whole(self) -> bool:
        """Whether every number can be shown."""
        numbers = self.numbers
        hidden = numbers is not None and None in (numbers.total, numbers.mean, numbers.most)
        hidden = hidden or self.hides_answered
        return not hidden and all(answer.number is not None for answer in self.answers)


def for_publication(findings: Iterable[QuestionFigures]) -> tuple[QuestionFigures, ...]:
    """What may leave the office: nothing that is for the manager alone, and no small numbers of
    people."""
    return tuple(published(figures) for figures in findings if not figures.manager_only)


def published(figures: QuestionFigures) -> QuestionFigures:
    """The figures without what could tell something about a single person: where rows are about
    people, numbers under five are left out, and what would give them away. Where several answers
    can be given, those who gave any are people of whom something was noted, such as a gap in their
    record, so their number is left out too."""
    if not figures.of_people:
        return figures
    counts = [answer.number or 0 for answer in figures.answers]
    if figures.measure is Measure.ONE_CODE:
        hidden = not_to_be_shown(counts)
    else:
        hidden = frozenset(at for at, count in enumerate(counts) if is_small(count))
    return replace(
        figures,
        answers=tuple(
            replace(answer, number=None, share=None, change=None) if at in hidden else answer
            for at, answer in enumerate(figures.answers)
        ),
        numbers=figures.numbers and _without_single(figures.numbers, figures.answered),
        hides_answered=figures.hides_answered
        or (figures.is_several and is_small(figures.answered)),
    )


def _without_single(numbers: NumberFigures, answered: int) -> NumberFigures:
    """The largest number is that of one person; the others are shown for five and more."""
    if is_small(answered):
        return NumberFigures(None, None, None)
    return replace(numbers, most=None)
