"""Questions that every report asks, whichever version of the form it uses.

They are added when a form is read, so older files and drafts ask them too. Their answers are stored
like those of the form's own questions. If a form has a question with the same key, that one is
used.
"""

from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from visitapp.domain.report.form import Form, FormSection, Question, RowGroup
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.standard_requests import REQUESTS_ASKED, with_requests
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import REFUSED_WHY
from visitapp.domain.text.animals import INJURIES, SPECIES

_ROLES = (
    Option("SERGEANT", "Custody sergeant"),
    Option("INSPECTOR", "Inspector"),
    Option("DO", "Detention officer"),
    Option("FRONT", "Enquiry office staff"),
    Option("OTHER", "Someone else"),
)
_ROLES_OF_UNIT = (
    Option("SERGEANT", "Dog unit sergeant"),
    Option("HANDLER", "Handler"),
    Option("FRONT", "Enquiry office staff"),
    Option("OTHER", "Someone else"),
)
_ONE_VISITOR = Question(
    "one_visitor_why",
    "Why was there only one visitor?",
    "text",
    "Visits are made in pairs. No names.",
    when="one_visitor",
    compulsory=True,
)
_REFUSED_WHY = Question(
    REFUSED_WHY,
    "Why were you refused entry?",
    "text",
    "What you were told. No names.",
    when="refused",
    compulsory=True,
)
_REFUSED_BY = Question(
    "refused_by",
    "Who refused it?",
    "choice",
    "A job title, not a name",
    options=_ROLES,
    when="refused",
    compulsory=True,
)
_ENDED_WHY = Question(
    "ended_why",
    "Why did you end the visit early?",
    "text",
    "No names",
    when="abandoned",
    wanted=True,
)
_ALL_CHILDREN_SEEN = Question(
    "all_children_seen",
    "Did you see every child in custody?",
    "yes_no",
    when="children_counted",
)
_ALLEGED = Question(
    "alleged",
    "Did any detainee complain, or allege ill-treatment?",
    "yes_no",
    "If yes, open an issue here",
    when="by_numbers",
    raises_category="CONDUCT",
    raises_severity=4,
    is_counted=True,
)
_RIGHTS_CHECKED = Question(
    "rights_checked",
    "Rights and welfare of the detainees you saw",
    "check",
    "Told of their rights, legal advice, food and drink, health care",
    when="by_numbers",
    category="RIGHTS",
    is_counted=True,
)
_VEHICLE_TEMPERATURE = Question(
    "v_temperature",
    "Temperature in the vehicle",
    "number",
    "Whole degrees Celsius; 0 if it is below freezing",
    is_counted=True,
)
_VEHICLE_CHECKED = Question(
    "v_minutes",
    "Minutes since somebody last checked the animals in it",
    "number",
    is_counted=True,
)
_INJURY_KIND = Question(
    "injury_kind",
    "Is it injured?",
    "choice",
    options=tuple(Option(code, label) for code, label in INJURIES.items()),
    is_counted=True,
)
_INJURY_RECOVERED = Question(
    "injury_recovered",
    "Has an earlier injury healed?",
    "yes_no",
    "Leave it blank if there was none",
    is_counted=True,
)

CONCERNS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "told_rights": ("RIGHTS", ("NO",)),
    "informed": ("INFORM", ("NO",)),
    "legal_advice": ("LEGAL", ("NOT_OFFERED",)),
    "aa": ("AA", ("NOT_REQUESTED",)),
    "interpreter": ("LANG", ("NO",)),
    "consulate": ("RIGHTS", ("NO",)),
    "reviews": ("LENGTH", ("NO",)),
    "knows_next": ("RIGHTS", ("NO",)),
    "healthcare": ("HEALTH", ("NOT_OFFERED",)),
    "medication": ("HEALTH", ("NO",)),
    "food": ("FOOD", ("NO",)),
    "drink": ("FOOD", ("NO",)),
    "diet": ("FAITH", ("NO",)),
    "blanket": ("WARM", ("NO",)),
    "washing": ("HYG", ("NO",)),
    "toilet_paper": ("HYG", ("NO",)),
    "exercise": ("ACTIVITY", ("NO",)),
    "reading": ("ACTIVITY", ("NO",)),
    "female_officer": ("FEMALE", ("NO",)),
    "menstrual": ("FEMALE", ("NO",)),
    "women_offered": ("FEMALE", ("NO",)),
    "strip_search": ("CLOTH", ("NOT_EXPLAINED", "NO_AA")),
    "dependants": ("DEPEND", ("NO",)),
    "telephone": ("INFORM", ("NO",)),
    "out_of_hearing": ("CONDUCT", ("NO",)),
    "record_matches": ("RECORD", ("NO",)),
    "safety_briefing": ("HAZARD", ("NO",)),
    "staff_helpful": ("CONDUCT", ("UNHELPFUL",)),
    "respect": ("CONDUCT", ("MIXED", "NO")),
    "briefed": ("ACCESS", ("NO",)),
    "fire_procedure": ("FENCE", ("NO",)),
    "rewards": ("TRAINING", ("NO",)),
    "equipment": ("TRAINING", ("NO",)),
    "rest": ("TRAINING", ("NO",)),
}
"""By question: the category of the issue that is offered, and the answers that are a concern."""

_ADDED_TO = (
    ("visitors", (_ONE_VISITOR,)),
    ("arrived", (_REFUSED_WHY, _REFUSED_BY, _ENDED_WHY)),
)
"""By a core question: the questions to add to its section."""
_OF_CUSTODY = (("children_older", (_ALL_CHILDREN_SEEN,)),)
_OF_ROWS = (_ALLEGED, _RIGHTS_CHECKED)
_OF_VEHICLES = ("v_release", (_VEHICLE_TEMPERATURE, _VEHICLE_CHECKED))
_OF_ANIMALS = ("injury", (_INJURY_KIND, _INJURY_RECOVERED))
"""By a question about each animal: those to ask before it."""
KEYS = frozenset(
    q.key
    for q in (
        _ONE_VISITOR, _REFUSED_WHY, _REFUSED_BY, _ENDED_WHY, _ALL_CHILDREN_SEEN, *_OF_ROWS,
        *_OF_VEHICLES[1], *_OF_ANIMALS[1], REQUESTS_ASKED,
    )
)  # fmt: skip


def with_standard_questions(form: Form) -> Form:
    """A form with the questions that every report asks, and with answers that are a concern
    marked."""
    custody = form.row_of == "detainee"
    taken = {question.key for question in form.questions()}
    asked = {question.key for question in form.row_questions()}
    groups = tuple(
        replace(group, questions=tuple(map(_marked, _asked_of_rows(group, asked))))
        for group in form.row_groups
    )
    return replace(
        form,
        sections=tuple(_asked_in(section, taken, custody=custody) for section in form.sections),
        row_groups=with_requests(groups) if custody else groups,
    )


def _asked_of_rows(group: RowGroup, asked: set[str]) -> list[Question]:
    """The questions of a group with those about injuries, and every species to choose from."""
    before, added = _OF_ANIMALS
    questions: list[Question] = []
    for question in group.questions:
        if question.key == before:
            questions += [new for new in added if new.key not in asked]
        questions.append(_with_every_species(question) if question.key == "species" else question)
    return questions


def _with_every_species(question: Question) -> Question:
    codes = {option.code for option in question.options}
    more = (Option(code, label) for code, label in SPECIES.items() if code not in codes)
    return replace(question, options=(*question.options, *more))


def _asked_in(section: FormSection, taken: set[str], *, custody: bool) -> FormSection:
    questions = [_marked(question) for question in section.questions]
    for beside, added in (*_ADDED_TO, *(_OF_CUSTODY if custody else (_OF_VEHICLES,))):
        at = next((i for i, question in enumerate(questions) if question.key == beside), None)
        if at is not None:
            new = [_for_unit(q, custody=custody) for q in added if q.key not in taken]
            if beside in ("visitors", "arrived"):  # a group under its own heading comes last
                at = len(questions) - 1
            while at + 1 < len(questions) and questions[at + 1].group:
                at += 1
            questions[at + 1 : at + 1] = new
    if section.of_rows and custody:
        questions += [question for question in _OF_ROWS if question.key not in taken]
    return replace(section, questions=tuple(questions))


def _for_unit(question: Question, *, custody: bool) -> Question:
    of_roles = question.key == _REFUSED_BY.key and not custody
    return replace(question, options=_ROLES_OF_UNIT) if of_roles else question


def _marked(question: Question) -> Question:
    category, codes = CONCERNS.get(question.key, ("", ()))
    chosen = question.traits.is_choice and not question.is_check
    if not category or not chosen or question.raises_category:
        return question
    return replace(question, category=question.category or category, concerns=codes)


def as_answered(form: Form, visit: Visit) -> Form:
    """The form of a signed report, with only those of these questions that it answered, for the
    visit or for any row: it may have been signed before they existed."""
    answers = {} if visit.report is None else visit.report.answers
    of_rows = {key for count in visit.counts if count.row for key in count.row.answers}

    def answered(questions: Iterable[Question], keys: Container[str]) -> tuple[Question, ...]:
        return tuple(q for q in questions if q.key not in KEYS or q.key in keys)

    return replace(
        form,
        sections=tuple(
            replace(section, questions=answered(section.questions, answers))
            for section in form.sections
        ),
        row_groups=tuple(
            replace(group, questions=answered(group.questions, of_rows))
            for group in form.row_groups
        ),
    )
