"""Sections that an office adds to a year's report: their titles, and where they stand.

They are kept as one text of the year, a line a section, and the words of each as another, so that
they are saved, copied and carried over like every other text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.text.folding import folded
from visitapp.domain.year.year_texts import OWN, TextField

LIST = "own_sections"
"""The key of the text that lists them."""
_NONE = "-"
"""Kept where there are none, so that those of the year before don't come back."""
_HINT = "A section of your own. It is left out while it has no text."


@dataclass(frozen=True, slots=True)
class OwnSection:
    """`key` of its words among the texts of the year. It stands after the section of the program
    titled `after`, behind earlier ones there; empty: before all of them."""

    key: str
    title: str
    after: str = ""

    @property
    def field(self) -> TextField:
        """Where its words are written."""
        return TextField(self.key, self.title, self.title, _HINT)


def key_of(name: str) -> str:
    """The key of the words of a new section; `name` is unique within the year."""
    return f"{OWN}.{name}"


def own_sections(texts: Mapping[str, str]) -> tuple[OwnSection, ...]:
    """The sections of these texts in order; lines that can't be read are passed over."""
    lines = (line.split("\t") for line in texts.get(LIST, "").splitlines())
    return tuple(
        OwnSection(key, title, after)
        for key, title, after in (line for line in lines if len(line) == 3)
    )


def listed(sections: Iterable[OwnSection]) -> str:
    """The text that keeps them."""
    lines = (f"{each.key}\t{each.title}\t{each.after}" for each in sections)
    return "\n".join(lines) or _NONE


def checked_title(typed: str, taken: Iterable[str]) -> str:
    """A title as it is kept. Raises BadInputError if it is empty or another section has it, by
    which people would take one for the other."""
    title = " ".join(typed.split())
    if not title:
        raise BadInputError("Give the section a title.")
    if folded(title) in {folded(other) for other in taken}:
        raise BadInputError("Another section has this title. Choose another.")
    return title


def in_place(titles: Sequence[str], sections: Iterable[OwnSection]) -> tuple[str | OwnSection, ...]:
    """The `titles` of the program's sections in order, with one's own among them. Those that stood
    after a section which this report doesn't have are last."""
    waiting: dict[str, list[OwnSection]] = {}
    for section in sections:
        waiting.setdefault(section.after, []).append(section)
    placed: list[str | OwnSection] = [*waiting.pop("", ())]
    for title in titles:
        placed += [title, *waiting.pop(title, ())]
    return (*placed, *chain(*waiting.values()))


def moved(
    titles: Sequence[str], sections: Iterable[OwnSection], key: str, by: int
) -> tuple[OwnSection, ...]:
    """The sections after one of them went one place up (-1) or down (1) in the whole report; as
    they are if it is at the end."""
    placed = list(in_place(titles, sections))
    keys = [each.key if isinstance(each, OwnSection) else "" for each in placed]
    at = keys.index(key)
    if 0 <= at + by < len(placed):
        placed[at], placed[at + by] = placed[at + by], placed[at]
    after, own = "", list[OwnSection]()
    for each in placed:
        if isinstance(each, OwnSection):
            own.append(replace(each, after=after))
        else:
            after = each
    return tuple(own)
