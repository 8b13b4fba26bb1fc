"""Which questions are counted until a scheme decides for itself under Settings, Questions."""

from dataclasses import replace

from visitapp.domain.report.form import Question

COUNTED_PARTS = frozenset({"rights", "welfare", "record", "facilities", "staff", "needs"})
"""Sections and groups whose questions are counted: rights, welfare and record of each detainee, the
suite and its staff, and the five welfare needs of each animal."""
COUNTED_KEYS = frozenset(
    {
        "overall", "flags", "children_younger", "children_older", "women", "tact_held",
        "immigration_held", "s136_held", "longest_hours",
    }
)  # fmt: skip
"""Questions of other parts that are counted."""


def is_counted_at_first(part: str, question: Question) -> bool:
    """Whether a question of a section or group is counted if the form doesn't say. What only the
    manager may read isn't."""
    named = part in COUNTED_PARTS or question.key in COUNTED_KEYS
    return named and question.can_be_counted and not question.manager_only


def marked(part: str, question: Question) -> Question:
    """The question, counted or not as it is if the form doesn't say."""
    return replace(question, is_counted=is_counted_at_first(part, question))
