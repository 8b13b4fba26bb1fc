"""People who look like one person: of an import, who may be in the register under another name."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.office.people import Person
from visitapp.domain.office.volunteer_file import VolunteerFile, new_file
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import joined
from visitapp.exchange.filling import same_number, same_text
from visitapp.exchange.likely_names import may_be_one

if TYPE_CHECKING:
    from visitapp.exchange.visits import ImportEntry

_LAST_DIGITS = 9
"""Of a telephone number: the same with +44 and with 0."""


def alike_by(own: VolunteerFile, other: VolunteerFile) -> str:
    """By what two look like the same person: `similar names`; empty if by nothing."""
    signs = {
        "similar names": may_be_one(own.name, other.name),
        "the same telephone number": _is_same(own.telephone, other.telephone, same_number),
        "the same e-mail address": _is_same(own.email, other.email, same_text),
    }
    return joined([words for words, is_so in signs.items() if is_so])


def _is_same(value: str, other: str, compare: Callable[[str, str], bool]) -> bool:
    return bool(value and other) and compare(value, other)


class Lookalikes:
    """Looks for somebody like a new person among those who share a word of the name, the number or
    the address: to compare each of thousands with each would take minutes."""

    def __init__(self, files: Iterable[VolunteerFile]) -> None:
        self._by_key: dict[str, list[VolunteerFile]] = defaultdict(list)
        for file in files:
            self._add(file)

    def like(self, new: VolunteerFile) -> str:
        """Who a new person may be, and by what: `John Smith (similar names)`; empty if nobody. The
        next ones are compared with this one too."""
        near = (file for key in _keys(new) for file in self._by_key[key])
        alike = ((file.name, alike_by(new, file)) for file in near)
        other = next((f"{name} ({by})" for name, by in alike if by), "")
        self._add(new)
        return other

    def of_import(self, new: VolunteerFile) -> str:
        """The same as a sentence with the way to the decision."""
        other = self.like(new)
        if not other:
            return ""
        return (
            f"{new.name} may be the same person as {other}. If so, count them together after the "
            "import: in People, \u201cThe same person as\u2026\u201d."
        )

    def _add(self, file: VolunteerFile) -> None:
        for key in _keys(file):
            self._by_key[key].append(file)


def _keys(file: VolunteerFile) -> Iterator[str]:
    yield from {word for word in map(folded, file.name.split()) if len(word) > 1}
    digits = "".join(filter(str.isdecimal, file.telephone))
    yield from filter(None, (digits[-_LAST_DIGITS:], folded(file.email)))


def warn_of_alike(
    entries: Sequence["ImportEntry"], new: Sequence[Person], known: Iterable[Person]
) -> None:
    """Warn once about each new person of a file of visits who may be somebody else."""
    if not new:
        return
    register = (person for person in known if person.same_as is None)
    lookalikes = Lookalikes(new_file(person.id, person.name) for person in register)
    warnings: dict[UUID, str] = {}
    for person in new:
        if words := lookalikes.of_import(new_file(person.id, person.name)):
            warnings[person.id] = words
    for entry in entries:
        if entry.visit is not None:
            for person_id in (*entry.visit.visitors, *entry.visit.observers):
                if words := warnings.pop(person_id, ""):
                    entry.line.warn("visitor_1", words)
