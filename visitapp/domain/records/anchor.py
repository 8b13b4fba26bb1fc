"""The state of the records in one short line, to be printed and compared years later.

Nothing inside a file can show that its last entries were cut off, that its ledger was rewritten,
or that it is an older copy. A line on paper can.
"""

import re
from dataclasses import dataclass

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import number_of

DIGITS = 12
"""How many digits of the last digest are printed: 48 bits, beyond anybody's trying."""

_WORDS = re.compile(r"ledger|entries|entry")
_NOT_SPOKEN = re.compile(r"[^0-9a-z]")
_MISREAD = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "z": "2", "s": "5"})
_GROUP, _LONGEST = 4, 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """How many entries the ledger has, and the first 12 hexadecimal digits of the last one's
    digest."""

    entries: int
    digits: str

    @property
    def text(self) -> str:
        """Such as \u201c1,234 entries, 7F3A-92C1-0B4D\u201d."""
        shown = self.digits.upper()
        groups = "-".join(shown[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))
        return f"{number_of(self.entries, 'entry', 'entries')}, {groups}"

    @property
    def sentence(self) -> str:
        """The line as `check` and a backup say it."""
        return f"Ledger: {self.text}."


@dataclass(frozen=True, slots=True)
class Compared:
    """A state that was printed, beside the records as they are."""

    printed: Anchor
    now: Anchor
    agrees: bool

    @property
    def sentence(self) -> str:
        """What it means, and what to do."""
        if not self.agrees:
            return (
                "These records are not the same as when the page was printed. Entries were "
                "removed or changed, or this is an older copy of the file. Check what you "
                "typed, then check your backups."
            )
        since = self.now.entries - self.printed.entries
        went_on = {0: "nothing has been added since", 1: "1 entry has been added since"}
        return (
            "These records contain everything they had when the page was printed; "
            f"{went_on.get(since, f'{since:,} entries were added since')}."
        )


def typed_anchor(text: str) -> Anchor:
    """The line as somebody typed it from paper: spaces, dashes, commas and capitals don't
    matter, nor whether a nought was read as the letter O, or a one as I or L.

    Raises BadInputError.
    """
    words = _WORDS.sub(" ", text[:_LONGEST].lower()).translate(_MISREAD)
    number, digits = _parted(_NOT_SPOKEN.split(words))
    if not re.fullmatch("[0-9]{1,12}", number) or not re.fullmatch("[0-9a-f]{12}", digits):
        raise BadInputError(
            "Type the line from the page: the number of entries, then three groups of four "
            "letters and digits, such as 1234 7F3A-92C1-0B4D."
        )
    return Anchor(int(number), digits)


def _parted(groups: list[str]) -> tuple[str, str]:
    """The number and the digits. They are parted between two groups, or within one that is
    longer than a group on paper: no space was typed there."""
    first = digits = ""
    while groups and len(digits) < DIGITS:
        first = groups.pop()
        digits = first + digits
    over = len(digits) - DIGITS
    if over < 0 or (over and len(first) <= _GROUP):
        return "", ""
    return "".join(groups) + digits[:over], digits[over:]
