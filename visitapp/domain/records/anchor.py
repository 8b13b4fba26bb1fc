"""The state of the records in one short line, to be printed and compared years later.

Nothing inside a file can prove that its last entries weren't cut off, that its ledger wasn't
rewritten, or that it isn't an older copy. A line on paper can.
"""

import re
from dataclasses import dataclass

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import number_of

DIGITS = 12
"""How many digits of the last digest are printed: 48 bits, too many to find a match by trying."""

_WORDS = re.compile(r"ledger|entries|entry")
_NOT_SPOKEN = re.compile(r"[^0-9a-z]")
_MISREAD = str.maketrans({"o": "0", "q": "0", "i": "1", "l": "1", "z": "2", "s": "5"})
_GROUP, _LONGEST = 4, 200


@dataclass(frozen=True, slots=True)
class Anchor:
    """The number of entries in the ledger, and the first 12 hexadecimal digits of the digest of the
    last one."""

    entries: int
    digits: str

    @property
    def text(self) -> str:
        """For example \u201c1,234 entries, 7F3A-92C1-0B4D\u201d."""
        shown = self.digits.upper()
        groups = "-".join(shown[start : start + _GROUP] for start in range(0, DIGITS, _GROUP))
        return f"{number_of(self.entries, 'entry', 'entries')}, {groups}"

    @property
    def sentence(self) -> str:
        """The sentence that `check` and a backup print."""
        return f"Ledger: {self.text}."


@dataclass(frozen=True, slots=True)
class AnchorComparison:
    """A printed state, and the state of the records now."""

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
        added = number_of(since, "entry has been", "entries were") if since else "nothing has been"
        return (
            "These records contain everything they had when the page was printed; "
            f"{added} added since."
        )


def typed_anchor(text: str) -> Anchor:
    """An anchor that somebody typed from paper. Spaces, dashes, commas and case don't matter, nor
    does the letter O for 0, or I or L for 1.

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
    """The number and the digits: separated between two groups, or within a group that is longer
    than those on paper, if no space was typed there."""
    first = digits = ""
    while groups and len(digits) < DIGITS:
        first = groups.pop()
        digits = first + digits
    over = len(digits) - DIGITS
    if over < 0 or (over and len(first) <= _GROUP):
        return "", ""
    return "".join(groups) + digits[:over], digits[over:]
