"""An answer as the page Findings lists it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AnswerNumber:
    """One answer to a question, as it is listed. `code` opens the visits behind it."""

    code: str
    words: str
    number: str
    share: str = ""
    change: str = ""
