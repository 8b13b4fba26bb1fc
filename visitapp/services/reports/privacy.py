"""The privacy guard for the window and the command line, with the word lists of the program."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from visitapp.domain.errors import BadInputError
from visitapp.domain.privacy.guard import spans
from visitapp.domain.privacy.lexicon import FILES, Lexicon, read_lexicon
from visitapp.domain.privacy.span import Span
from visitapp.domain.report.kept_words import LONGEST_WORDS
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.paths import reference_folder
from visitapp.persistence import animals as stored_animals
from visitapp.persistence import schemes as stored
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, VISITOR, reads


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The word lists of `db/reference/privacy`, read only once."""
    folder = reference_folder() / "privacy"
    return read_lexicon({name: (folder / name).read_text(encoding="utf-8") for name in FILES})


def look_at(text: str, known_places: Collection[str] = ()) -> tuple[Span, ...]:
    """Words in a text that may identify a person, without using a file of records."""
    return spans(text, lexicon=lexicon(), known_places=known_places)


@dataclass(frozen=True, slots=True)
class ReportGuard:
    """The guard of one report's texts."""

    service: "PrivacyService"
    about_animals: bool

    def look_at(self, text: str) -> tuple[Span, ...]:
        """What to check in a text."""
        return self.service.look_at(text, about_animals=self.about_animals)

    def keep(self, question: Place, span: Span, reason: str) -> KeptWords:
        """The record of a decision."""
        return self.service.keep(question, span, reason)


class PrivacyService:
    """The guard for reports of one file: it knows the names of sites, the office and animals."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._places: tuple[str, ...] | None = None
        self._animals: tuple[str, ...] = ()

    @reads(MANAGER, VISITOR)
    def look_at(self, text: str, *, about_animals: bool = False) -> tuple[Span, ...]:
        """What to check in a text. In a report `about_animals`, names in the register of animals
        are taken for animals'. It is fast enough for every change of a text: the names are read
        only once, see `refresh`."""
        if self._places is None:
            self.refresh()
        return spans(
            text,
            lexicon=lexicon(),
            known_places=self._places or (),
            known_animals=self._animals if about_animals else (),
        )

    @reads(MANAGER, VISITOR)
    def guard(self, *, about_animals: bool = False) -> "ReportGuard":
        """The guard for the texts of one report."""
        return ReportGuard(self, about_animals)

    @reads(MANAGER, VISITOR)
    def keep(self, question: Place, span: Span, reason: str) -> KeptWords:
        """The record of a decision by the person acting, to be stored with the answer to
        `question`.

        Raises BadInputError without a reason.
        """
        if not reason.strip():
            raise BadInputError(
                "Explain why these words must stay. Your reason is saved with the report."
            )
        return KeptWords(
            question=question,
            words=span.words[:LONGEST_WORDS],
            kind=span.kind,
            reason=reason.strip(),
            kept_by=self._access.actor.name,
            kept_at=self._access.now(),
        )

    @reads(MANAGER, VISITOR)
    def must_lead_to_nobody(self, reason: str) -> None:
        """Refuse a reason with flagged words: it stays with a report for good, and can't have
        decisions about words. Raises BadInputError."""
        if spans := self.look_at(reason):
            raise BadInputError(spans[0].to_rewrite)

    @reads(MANAGER, VISITOR)
    def refresh(self) -> None:
        """Read the names of sites, office and animals again, after they have changed."""
        with self._access.database.reading() as connection:
            office = stored.office(connection)
            sites = stored.entered_sites(connection)
            animals = stored_animals.animals(connection)
        names = [site.name for site in sites]
        if office is not None:
            names += [name for name in (office.name, office.area) if name]
        self._places = tuple(names)
        self._animals = tuple(animal.name for animal in animals)
