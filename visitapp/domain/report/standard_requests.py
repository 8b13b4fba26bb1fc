"""The question about what a detainee asked for, which every custody form asks."""

from collections.abc import Sequence
from dataclasses import replace

from visitapp.domain.report.answers import ASKED_IN_WORDS
from visitapp.domain.report.form import Question, RowGroup
from visitapp.domain.report.kinds import Option

REQUESTS_MADE = "requests_made"
"""Its key."""
REQUESTS_ASKED = Question(
    REQUESTS_MADE,
    "What they asked for",
    "requests",
    "A line for each request. Leave it empty if they asked for nothing.",
    options=(
        Option("BLANKET", "Blanket or warmth"),
        Option("FOOD", "Food"),
        Option("DRINK", "Drink"),
        Option("READING", "Something to read or do"),
        Option("CALL", "Telephone call"),
        Option("INFORM", "Somebody to be informed"),
        Option("LEGAL", "Solicitor"),
        Option("NEXT", "What happens next"),
        Option("HEALTH", "Health care or medication"),
        Option("WASHING", "Washing or shower"),
        Option("HYGIENE", "Toilet paper or hand washing"),
        Option("MENSTRUAL", "Menstrual products"),
        Option("CLOTHING", "Clothing"),
        Option("EXERCISE", "Exercise or fresh air"),
        Option("FAITH", "Dietary or religious need"),
        Option("OTHER", "Something else"),
    ),
)


def with_requests(groups: Sequence[RowGroup]) -> tuple[RowGroup, ...]:
    """The questions about each detainee with the one about requests: after what was asked in words
    instead, which is then only asked where it has an answer; otherwise at the end of the last
    questions about those seen."""
    keys = [{question.key for question in group.questions} for group in groups]
    in_words = [at for at in range(len(groups)) if keys[at].intersection(ASKED_IN_WORDS)]
    seen = [at for at, group in enumerate(groups) if group.seen_only]
    if not (in_words or seen) or any(REQUESTS_MADE in of_group for of_group in keys):
        return tuple(groups)
    at = (in_words or seen)[-1]
    asked: list[Question] = []
    for question in groups[at].questions:
        retired = question.key in ASKED_IN_WORDS
        asked.append(replace(question, when="asked_in_words") if retired else question)
    last = max((i for i, q in enumerate(asked) if q.key in ASKED_IN_WORDS), default=len(asked) - 1)
    asked.insert(last + 1, REQUESTS_ASKED)
    changed = replace(groups[at], questions=tuple(asked))
    return (*groups[:at], changed, *groups[at + 1 :])
