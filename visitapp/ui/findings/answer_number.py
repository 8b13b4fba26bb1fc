"""An answer as the page Findings lists it."""

from dataclasses import dataclass

from visitapp.domain.figures import single_share
from visitapp.domain.year.findings import AnswerChange


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """One answer to a question, as it is listed. `code` opens the visits behind it."""

    code: str
    words: str
    number: str
    share: str = ""
    change: str = ""


def change_words(change: AnswerChange) -> str:
    """`88%: may be chance`, `88%: a change`: the share before, and what the difference means."""
    earlier = single_share(change.earlier_part, change.earlier_whole).text
    if change.points == 0:
        return earlier
    return f"{earlier}: {'may be chance' if change.is_chance else 'a change'}"
