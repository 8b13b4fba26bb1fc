"""A visit report's form as data: sections, questions, their order, wording and help.

A scheme can add questions without code. A form has numbered versions, and a report keeps the
version it was written with. The program itself knows questions of the kind `core` (site, times,
numbers, issues …), so the form only gives their wording and place. Answers to all others are JSON
values under the question's key.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import SiteKind
from visitapp.domain.report.kinds import CORE, KINDS, YES, Measure, Option, QuestionKind
from visitapp.domain.text.wording import capitalised

CONDITIONS = (
    "completed", "delayed", "child_not_seen", "women_counted", "female", "record_agreed",
    "refused", "abandoned", "one_visitor", "children_counted", "by_numbers", "asked_in_words",
)  # fmt: skip
"""What a question may depend on: the visit was completed; visitors waited beyond the limit; a child
or somebody vulnerable was in custody and not seen; women were counted without rows; the detainee of
the row is female; the detainee agreed to a check of the record; entry was refused; the visit was
abandoned; one visitor is named; it is unclear whether all children were seen; detainees were
counted without rows; what the detainee of the row asked for is written in words, as it was before
requests were counted. A question may also depend on an answer, `KEY=CODE`; alternatives are
separated by `|`."""
IN_PERSON = frozenset(
    {
        "cells_clean", "ligature", "cell_toilet", "call_bell", "cctv", "heating", "lighting",
        "bedding", "showers", "kitchen", "yard", "medical_room", "interview_rooms",
        "desk_privacy", "stocks", "notices", "aa_seating", "hazards", "fire_exits",
        "property_room", "vacant_cells", "van_dock", "escort_role", "escort_number",
        "safety_briefing", "admitted", "handler_number", "fire_procedure", "k_clean", "k_bedding",
        "k_space", "k_heating", "k_ventilation", "k_light", "k_noise", "k_drainage", "k_fencing",
        "k_run", "k_water", "k_food_storage", "k_food_date", "k_diet_sheet", "k_isolation",
        "k_cleaning", "k_first_aid", "k_fire", "k_puppies", "k_barriers", "k_enrichment",
        "v_clean", "v_ventilation", "v_alarm", "v_space", "v_secure", "v_water", "v_first_aid",
        "v_floor", "v_release", "v_service", "v_temperature", "v_minutes",
    }
)  # fmt: skip
"""Questions that only visitors who went inside can answer."""
NOT_INSIDE = frozenset({"remote", "outside"})
"""Facts of visits by telephone or video, and of those where visitors stayed outside."""
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_ANSWERED = re.compile(r"[a-z][a-z0-9_]{0,39}=[A-Z][A-Z0-9_]*")


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `when` says what it depends on (see `CONDITIONS`); empty means it is always
    asked. A report can't be signed without answers to `compulsory` questions; missing answers to
    `wanted` ones are only mentioned.

    A concern opens an issue of `category`; `concerns` are answers that count as one, besides that
    of a check. If a question has `raises_category` and `raises_severity`, its "yes" must become an
    issue at least that serious. Answers to `manager_only` questions never go to the police; those
    to `is_expense` ones only go to the manager, since they are about somebody's money. The number
    may not exceed that of the core question named by `at_most`.

    The answers are in the figures of a year if it `is_counted`. `meaning` is counted up when the
    scheme rewords the question so that it means something else: answers to another meaning aren't
    counted with those to this one.
    """

    key: str
    ask: str
    kind: str
    help: str = ""
    options: tuple[Option, ...] = ()
    when: str = ""
    category: str = ""
    raises_category: str = ""
    raises_severity: int = 0
    manager_only: bool = False
    is_expense: bool = False
    compulsory: bool = False
    wanted: bool = False
    at_most: str = ""
    group: str = ""
    concerns: tuple[str, ...] = ()
    is_counted: bool = False
    meaning: int = 1

    def __post_init__(self) -> None:
        if not _KEY.fullmatch(self.key):
            raise BadInputError("A question's key is made of small letters, digits and _.")
        if not self.ask.strip():
            raise BadInputError("Enter the question.")
        if self.kind not in KINDS or not all(map(_is_condition, self.waits_for)):
            raise BadInputError(f"The question “{self.ask}” can't be asked in that way.")
        if self.traits.has_options != bool(self.options):
            raise BadInputError(f"\u201c{self.ask}\u201d needs answers to choose from.")

    def is_noteworthy(self, answer: object) -> bool:
        """Whether a reader should look at an answer first: a "no" or a concern; where a "yes" has
        to become an issue, that."""
        if self.raises_category:
            return answer == YES
        told_apart = (*self.traits.noteworthy, *self.traits.concerns, *self.concerns)
        return isinstance(answer, str) and answer in told_apart

    @property
    def traits(self) -> QuestionKind:
        """What its kind decides."""
        return KINDS[self.kind]

    @property
    def can_be_counted(self) -> bool:
        """Whether a scheme can have its answers counted: they are codes or numbers, not words.
        Requests are always counted."""
        return self.traits.measure not in (Measure.NOTHING, Measure.REQUESTS)

    @property
    def is_core(self) -> bool:
        """Whether the program itself knows the question, so the form only words and places it."""
        return self.kind == CORE

    @property
    def is_retired(self) -> bool:
        """Whether it is only asked where it has an answer from before requests were counted."""
        return self.when == "asked_in_words"

    @property
    def is_check(self) -> bool:
        """Whether it is an item of a checklist."""
        return self.traits.is_check

    def is_concern(self, answer: Any) -> bool:
        """Whether an answer is a concern, so that an issue can be opened about it."""
        return answer in self.concerns or answer in self.traits.concerns

    def opens_issue(self, answer: Any) -> bool:
        """Whether choosing an answer opens an issue."""
        return answer in self.traits.concerns or (bool(self.raises_category) and answer == YES)

    @property
    def waits_for(self) -> tuple[str, ...]:
        """The conditions of which one must hold; empty if the question is always asked."""
        return tuple(filter(None, self.when.split("|")))

    @property
    def choices(self) -> tuple[Option, ...]:
        """The answers to choose from; empty if the answer is typed."""
        return self.options or self.traits.answers

    def problem(self, answer: Any) -> str:
        """What is wrong with an answer, in a sentence; empty if nothing is."""
        if answer in (None, "", []):
            return ""
        return self.traits.problem(answer, [option.code for option in self.choices])

    def parts(self, answer: Any) -> tuple[str, ...]:
        """The parts of an answer in plain words; empty if there is no answer."""
        if answer in (None, "", []):
            return ()
        return self.traits.parts(answer, {option.code: option.label for option in self.choices})

    def shown(self, answer: Any) -> str:
        """An answer as it is printed; empty if there is none."""
        return ", ".join(self.parts(answer))


def _is_condition(text: str) -> bool:
    return text in CONDITIONS or _ANSWERED.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class FormSection:
    """A section of the task list. `of_rows`: its questions are asked about each row (a
    detainee)."""

    key: str
    title: str
    questions: tuple[Question, ...]
    of_rows: bool = False


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Questions about one detainee or animal. `seen_only`: only about those seen."""

    key: str
    title: str
    questions: tuple[Question, ...]
    seen_only: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """One version of a scheme's form. `row_of` says what a row is: `detainee` or `animal`."""

    number: int
    sections: tuple[FormSection, ...]
    row_groups: tuple[RowGroup, ...]
    row_of: str

    def __post_init__(self) -> None:
        for questions in (list(self.questions()), list(self.row_questions())):
            keys = [question.key for question in questions]
            if len(keys) != len(set(keys)):
                raise BadInputError("Each question of a form has a key of its own.")

    def questions(self) -> Iterator[Question]:
        """Every question about the visit, in order."""
        for section in self.sections:
            yield from section.questions

    def row_questions(self) -> Iterator[Question]:
        """Every question about one row, in order."""
        for group in self.row_groups:
            yield from group.questions

    def in_words_of(self, kind: SiteKind) -> "Form":
        """The form as it is asked at a kind of site: at stables, the section about kennels is about
        stables, unless the scheme gave it another title."""
        kennels, stables = (capitalised(k.several) for k in (SiteKind.KENNELS, kind))
        if kind is not SiteKind.STABLES:
            return self
        sections = (
            replace(section, title=stables) if section.title == kennels else section
            for section in self.sections
        )
        return replace(self, sections=tuple(sections))

    def section(self, key: str) -> FormSection:
        """The section with this key. Raises BadInputError."""
        for section in self.sections:
            if section.key == key:
                return section
        raise BadInputError("This form has no such section.")


def applying(questions: Sequence[Question], facts: frozenset[str]) -> tuple[Question, ...]:
    """The questions to ask if `facts` hold. If visitors didn't go inside, questions that only
    somebody inside can answer are included only if they already have an answer."""
    inside = not facts & NOT_INSIDE
    answered = set() if inside else {fact.partition("=")[0] for fact in facts}
    return tuple(
        q
        for q in questions
        if (inside or q.key not in IN_PERSON or q.key in answered)
        and (not q.when or facts.intersection(q.waits_for))
    )


def tally(answers: Iterable[tuple[Question, Any]]) -> Counter[str]:
    """The number of answers by code; number questions are added up under "". Missing answers and
    typed words aren't counted."""
    counts: Counter[str] = Counter()
    for question, answer in answers:
        if answer not in (None, "", []):
            counts.update(question.traits.count(answer))
    return counts
