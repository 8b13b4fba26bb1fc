"""The kinds of questions a form can ask. An entry of `KINDS` holds everything that a kind decides.

It says how an answer is checked, stored, put in words and counted. The input field is in
`ui/log/questions/question_fields.py`, the space on paper in `reporting/blank_form/questions.py`;
both are tables by kind.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.report import requests
from visitapp.domain.text.clock_text import parse_time

CORE = "core"
"""Questions that the program itself knows; a scheme can't add one."""
YES, NO, NOT_CHECKED = "YES", "NO", "NOT_CHECKED"
SATISFACTORY, CONCERN = "OK", "CONCERN"
MOST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose."""

    code: str
    label: str


Codes = Sequence[str]
Labels = Mapping[str, str]


# How an answer is checked: the problem in a sentence, or empty


def _text_problem(answer: Any, _: Codes) -> str:
    return "" if isinstance(answer, str) else "This is not a text."


def _number_problem(answer: Any, _: Codes) -> str:
    text = str(answer)
    if isinstance(answer, bool) or not (text.isascii() and text.isdigit()):
        return f"\u201c{answer}\u201d is not a number."
    return "" if len(text) <= MOST_DIGITS else "The number is too large."


def _time_problem(answer: Any, _: Codes) -> str:
    try:
        parse_time(str(answer))
    except BadInputError as error:
        return str(error)
    return ""


def _choice_problem(answer: Any, codes: Codes) -> str:
    return "" if answer in codes else "Choose one of the answers."


def _choices_problem(answer: Any, codes: Codes) -> str:
    good = isinstance(answer, list) and all(isinstance(c, str) and c in codes for c in answer)
    return "" if good else "Choose among the answers."


# How a valid answer is stored: always in the same notation


def _as_it_is(answer: Any) -> Any:
    return answer


def _kept_time(answer: Any) -> str:
    return clock(parse_time(str(answer)))


# An answer in plain words, part by part


def _one_part(answer: Any, labels: Labels) -> tuple[str, ...]:
    return (labels.get(str(answer), str(answer)),)


def _each_part(answer: Any, labels: Labels) -> tuple[str, ...]:
    chosen = answer if isinstance(answer, list) else [answer]
    return tuple(labels.get(str(code), str(code)) for code in chosen)


class Measure(Enum):
    """How the answers to a kind of question are counted: not at all, one code for each visit or
    row, any number of codes, a number that is added up, or requests by their kind."""

    NOTHING = "nothing"
    ONE_CODE = "one code"
    CODES = "codes"
    NUMBER = "number"
    REQUESTS = "requests"


def _no_texts(_: Any) -> Iterable[str]:
    return ()


def _one_text(answer: Any) -> Iterable[str]:
    return (str(answer),)


@dataclass(frozen=True, slots=True)
class QuestionKind:
    """What a kind of question decides.

    `words` name the kind where a scheme adds questions. `problem` takes an answer and the
    question's codes; `keep` takes an answer without a problem; `parts` takes an answer and labels
    by code; `measure` says how stored answers are counted. `answers` are the same for every
    question of the kind; if it `has_options`, each question has its own. `is_choice`: exactly one
    answer applies to every case. An issue must be opened about an answer in `concerns`; answers in
    `noteworthy` should be read before signing. `written` gives the free texts of an answer,
    which the privacy guard reads; `has_lines`: a text has several lines. `is_check`: an item of a
    checklist, listed with the others. `is_built_in`: schemes can't add a question of this kind.
    """

    words: str
    problem: Callable[[Any, Codes], str]
    measure: Measure = Measure.NOTHING
    keep: Callable[[Any], Any] = _as_it_is
    parts: Callable[[Any, Labels], tuple[str, ...]] = _one_part
    answers: tuple[Option, ...] = ()
    concerns: tuple[str, ...] = ()
    noteworthy: tuple[str, ...] = ()
    has_options: bool = False
    is_choice: bool = False
    written: Callable[[Any], Iterable[str]] = _no_texts
    has_lines: bool = False
    is_check: bool = False
    is_built_in: bool = False

    def count(self, answer: Any) -> Mapping[str, int]:
        """What a stored answer adds to a figure, by code; a number adds itself under ""."""
        match self.measure:
            case Measure.ONE_CODE:
                return {str(answer): 1}
            case Measure.CODES:
                return {str(code): 1 for code in answer}
            case Measure.NUMBER:
                return {"": int(answer)}
            case Measure.REQUESTS:
                return requests.kinds_of(answer)
            case _:
                return {}


_NOT_CHECKED = Option(NOT_CHECKED, "Not checked")

KINDS: Mapping[str, QuestionKind] = {
    "yes_no": QuestionKind(
        "Yes, no, did not check",
        _choice_problem,
        Measure.ONE_CODE,
        answers=(Option(YES, "Yes"), Option(NO, "No"), _NOT_CHECKED),
        noteworthy=(NO,),
        is_choice=True,
    ),
    "check": QuestionKind(
        "Satisfactory or concern",
        _choice_problem,
        Measure.ONE_CODE,
        answers=(Option(SATISFACTORY, "Satisfactory"), Option(CONCERN, "Concern"), _NOT_CHECKED),
        concerns=(CONCERN,),
        noteworthy=(CONCERN,),
        is_choice=True,
        is_check=True,
    ),
    "choice": QuestionKind(
        "One of several answers",
        _choice_problem,
        Measure.ONE_CODE,
        has_options=True,
        is_choice=True,
    ),
    "choices": QuestionKind(
        "Any of several answers",
        _choices_problem,
        Measure.CODES,
        parts=_each_part,
        has_options=True,
    ),
    "number": QuestionKind("A number", _number_problem, Measure.NUMBER, keep=int),
    "time": QuestionKind("A time", _time_problem, keep=_kept_time),
    "line": QuestionKind("One line of words", _text_problem, written=_one_text),
    "text": QuestionKind(
        "Several lines of words", _text_problem, written=_one_text, has_lines=True
    ),
    "requests": QuestionKind(
        "Requests and what came of them",
        requests.problem_of,
        Measure.REQUESTS,
        keep=requests.stored,
        parts=requests.in_words,
        has_options=True,
        written=requests.actions_in,
        is_built_in=True,
    ),
    CORE: QuestionKind("Built in", _text_problem, is_built_in=True),
}
"""By the name used in a form's JSON, in the order in which schemes can choose them."""
