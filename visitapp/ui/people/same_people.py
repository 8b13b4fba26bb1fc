"""Entries of the register that are of the same person: the state of the page, and its commands."""

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget

from visitapp.domain.changes import Changes
from visitapp.domain.office.people import Person
from visitapp.domain.office.same_entry import SameEntry
from visitapp.services import Services
from visitapp.ui.count_together import (
    CountedEntry,
    CountTogetherDialog,
    EntryChoice,
    Together,
)

CarryOut = Callable[[Callable[[], Changes], UUID], bool]
"""Does a change and shows the person with the id; False after a problem."""


class SamePeople:
    """The decisions that hold; rows of the page are of kept persons only."""

    def __init__(self, services: Callable[[], Services], carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out
        self._names: dict[UUID, str] = {}
        self._decisions: Sequence[SameEntry] = ()

    def renew(self, register: Sequence[Person]) -> None:
        """Read the decisions again."""
        self._names = {person.id: person.name for person in register}
        self._decisions = [item for item in self._services().same_people.decisions() if item.holds]

    def of(self, person_id: UUID) -> list[CountedEntry]:
        """The entries that count as a person, with the decisions."""
        return [
            CountedEntry(
                self._names.get(item.entry_id, ""),
                item.why,
                item.by,
                item.at,
                partial(self.count_apart, item),
            )
            for item in self._decisions
            if item.kept_id == person_id
        ]

    def kept(self, person_id: UUID) -> UUID:
        """Whom somebody counts as: themselves, as a rule."""
        ids = (item.kept_id for item in self._decisions if item.entry_id == person_id)
        return next(ids, person_id)

    def choices(self, person: Person) -> list[EntryChoice]:
        """Who may be the same person, the likely ones first."""
        return [
            EntryChoice(
                item.person.id,
                item.person.name,
                f"{item.person.name} ({item.by})" if item.by else item.person.name,
                is_likely=bool(item.by),
            )
            for item in self._services().same_people.others(person.id)
        ]

    def effect(self, person_id: UUID, kept_id: UUID) -> Sequence[str]:
        """What a decision does, in lines. Raises VisitAppError for two who can't be the same."""
        return self._services().same_people.together(person_id, kept_id).lines

    def count_together(self, decided: Together) -> bool:
        """Decide; the page shows the kept person."""
        service = self._services().same_people
        return self._carry_out(lambda: service.count_as(*decided), decided.kept_id)

    def count_apart(self, item: SameEntry) -> None:
        """Withdraw a decision."""
        service = self._services().same_people
        self._carry_out(lambda: service.count_apart(item.id), item.kept_id)

    def ask(self, parent: QWidget, person: Person) -> None:
        """Ask who is the same person, and decide it."""
        decided = CountTogetherDialog.ask(
            parent,
            f"The same person as {person.name}",
            "Choose the other entry of this person. Both are counted together from then on, and "
            "reports keep the names that they were signed with. Nothing of either entry is lost: "
            "Undo counts them apart again.",
            EntryChoice(person.id, person.name, person.name),
            self.choices(person),
            self.effect,
        )
        if decided is not None:
            self.count_together(decided)
