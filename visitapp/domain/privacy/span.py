"""What the privacy guard finds: part of a text, what it looks like, and what to write instead."""

import re
from dataclasses import dataclass

NAME = "name"
DATE_OF_BIRTH = "date_of_birth"
PHONE = "phone"
EMAIL = "email"
POSTCODE = "postcode"
ADDRESS = "address"
VEHICLE = "vehicle"
NI_NUMBER = "ni_number"
CUSTODY_NUMBER = "custody_number"
OFFENCE = "offence"

_MOST_SHOWN = 40
LEFT_OUT = "[left out]"
"""Written instead of a number or an address."""

_WHAT_AND_WHY = {
    NAME: ("a name", "Use a job title or role, not a name."),
    DATE_OF_BIRTH: ("a date of birth", "An age group is enough."),
    PHONE: ("a telephone number", "Reports must not say how to contact people."),
    EMAIL: ("an e-mail address", "Reports must not say how to contact people."),
    POSTCODE: ("a postcode", "Reports must not say where people live."),
    ADDRESS: ("an address", "Reports must not say where people live."),
    VEHICLE: ("a vehicle\u2019s number", "It can be used to find the vehicle’s keeper."),
    NI_NUMBER: ("a National Insurance number", "It belongs to one person only."),
    CUSTODY_NUMBER: ("a custody number", "It belongs in the detainee\u2019s row, kept apart."),
    OFFENCE: ("an offence", "Visitors do not record why someone is being held."),
}
KINDS = tuple(_WHAT_AND_WHY)


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` up to but not including `end` of a text, counted from 0.

    `kind` is one of `KINDS`. `suggestion` is what to write instead; if it is empty, the words are
    best left out.
    """

    start: int
    end: int
    kind: str
    words: str
    suggestion: str = LEFT_OUT

    @property
    def shown(self) -> str:
        """The words in quotation marks on one line, shortened if they are long."""
        words = " ".join(self.words.split())
        cut = words if len(words) <= _MOST_SHOWN else f"{words[:_MOST_SHOWN]}\u2026"
        return f"\u201c{cut}\u201d"

    @property
    def what(self) -> str:
        """What it looks like: \u201cSgt Barlow\u201d looks like a name."""
        return f"{self.shown} looks like {_WHAT_AND_WHY[self.kind][0]}."

    @property
    def why(self) -> str:
        """Why it doesn't belong in a report, as a sentence."""
        return _WHAT_AND_WHY[self.kind][1]

    @property
    def reason(self) -> str:
        """Both sentences."""
        return f"{self.what} {self.why}"

    @property
    def to_rewrite(self) -> str:
        """What to do where the words can't be kept."""
        return f"{self.reason} Use different words."


def kind_in_words(kind: str) -> str:
    """A kind in words: `a date of birth`."""
    return _WHAT_AND_WHY[kind][0]


def replaced(text: str, span: Span, instead: str) -> str:
    """The text with a span replaced; an empty `instead` also removes spaces and commas that are no
    longer needed."""
    before, after = text[: span.start], text[span.end :]
    if instead:
        return before + instead + after
    if before.endswith(", ") and after.startswith(","):
        return before[:-2] + (after[1:] if after[1:].startswith(" ") else after)
    if before.endswith("(") and after.startswith(")"):
        return before[:-1].rstrip(" ") + after[1:]
    trimmed = re.sub(r",? $", "", before) if not after or after[0] in " ,.;:!?)\n" else before
    return trimmed + after
