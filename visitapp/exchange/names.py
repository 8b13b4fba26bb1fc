"""The sites, people and coded values named in a file: looked up in the records, or new."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.grid import Band
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.report.form import Form
from visitapp.domain.report.visit import Visit
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import joined, lowered
from visitapp.exchange.cells import short

_MEANINGS = {
    "visit_type": "type of visit",
    "visit_mode": "way of visiting",
    "visit_status": "way a visit ended",
    "delay_reason": "reason for a wait",
    "outcome": "outcome",
    "outcome_reason": "reason",
    "gender": "gender",
    "age_group": "age group",
    "ethnicity": "ethnicity",
    "issue_category": "category of issues",
    "issue_severity": "degree of seriousness",
    "issue_origin": "origin of issues",
    "issue_status": "status of issues",
    "volunteer_status": "status of a volunteer",
    "leaver_reason": "reason for leaving",
}


@dataclass(frozen=True, slots=True)
class KnownRecords:
    """The contents of the records that rows are checked against.

    A new site of a scheme gets its grid and kind from `grids` and `site_kinds`. `today` is the
    latest possible day of a visit; `years` are the office's reporting years, `forms` the newest,
    `bands` the parts of a day in which people say when they can visit. `other_sites` are sites that
    count under another one, by scheme and folded name.
    """

    schemes: tuple[Scheme, ...]
    books: Mapping[UUID, CodeBook]
    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    grids: Mapping[UUID, UUID]
    site_kinds: Mapping[UUID, SiteKind]
    today: date
    years: ReportingYears
    forms: Mapping[UUID, Form]
    bands: tuple[Band, ...] = ()
    other_sites: Mapping[tuple[UUID, str], UUID] = field(default_factory=dict)


_OTHER_WORDS = {
    ("issue_status", "RESOLVED"): ("resolved", "resolved during visit", "resolved on the spot"),
    ("issue_status", "REFERRED"): ("referred", "referred to inspector"),
    ("issue_status", "RESPONSE"): ("force response", "response received", "response"),
    ("issue_status", "CLOSED"): ("you said, we did",),
    ("issue_status", "RAISED"): ("open", "new"),
    ("issue_origin", "VISITOR"): ("visitor observation", "observation", "visitors"),
    ("issue_origin", "RECORD"): ("custody record check", "custody record", "records"),
    ("volunteer_status", "ACTIVE"): ("current", "live", "serving", "accredited", "yes", "y"),
    ("volunteer_status", "LEAVE"): ("leave", "on leave", "sabbatical", "on hold", "absent"),
    ("volunteer_status", "LEFT"): ("resigned", "retired", "leaver", "former", "ex", "ended"),
    ("volunteer_status", "PROBATION"): ("on probation", "probationary", "probationer"),
    ("volunteer_status", "TRAINING"): ("in training", "trainee", "being trained"),
    ("volunteer_status", "VETTING"): ("in vetting", "awaiting vetting", "vetting pending"),
    ("volunteer_status", "APPLICANT"): ("applied", "applying", "candidate", "prospective"),
    ("outcome", "REFUSED"): ("declined",),
    ("outcome", "ADVICE"): ("not offered", "not offered, sergeant's advice", "sergeant's advice"),
    ("outcome", "UNAVAIL"): ("unavailable",),
    ("outcome", "ASLEEP"): ("observed", "sleeping", "asleep"),
    ("outcome", "SEEN"): ("spoken to", "visited", "agreed", "accepted"),
    ("outcome", "INSPREF"): ("inspector refused", "refused by inspector"),
    ("outcome", "NOTSEL"): ("not selected, time", "not selected / time", "time"),
}
"""Words that schemes use besides our codes and labels."""
_BY_OTHER_WORDS = {
    (list_name, folded(word)): code
    for (list_name, code), words in _OTHER_WORDS.items()
    for word in words
}


def _by_other_words(book: CodeBook, list_name: str, text: str) -> Code | None:
    code = _BY_OTHER_WORDS.get((list_name, folded(text)))
    return next((entry for entry in book[list_name] if entry.code == code), None)


class Codes:
    """Looks up coded values by code or label, each only once."""

    def __init__(self, books: Mapping[UUID, CodeBook]) -> None:
        self._books = books
        self._codes_found: dict[tuple[UUID, str, str], str | None] = {}

    def code(self, scheme_id: UUID, list_name: str, text: str) -> str:
        """The code. Raises BadInputError if the list has none like it."""
        key = (scheme_id, list_name, text)
        if key not in self._codes_found:
            book = self._books[scheme_id]
            coded_value = book.find(list_name, text) or _by_other_words(book, list_name, text)
            self._codes_found[key] = None if coded_value is None else coded_value.code
        code = self._codes_found[key]
        if code is None:
            raise BadInputError(f"There is no {_MEANINGS[list_name]} \u201c{short(text)}\u201d.")
        return code


class Names:
    """Finds sites and people by name or creates them: all that are missing, or those whose folded
    names are in `new_sites` and `new_people`."""

    def __init__(
        self,
        known: KnownRecords,
        create_missing: bool,
        new_sites: Collection[str] = (),
        new_people: Collection[str] = (),
    ) -> None:
        self._known = known
        self._create_missing = create_missing
        self._new_sites, self._new_people = new_sites, new_people
        self._sites = {(site.scheme_id, folded(site.name)): site for site in known.sites}
        by_id = {site.id: site for site in known.sites}
        self._sites |= {key: by_id[kept_id] for key, kept_id in known.other_sites.items()}
        self._people: dict[str, list[Person]] = {}
        for person in known.people:
            self._people.setdefault(folded(person.name), []).append(person)
        self.by_id: dict[UUID, Person] = {person.id: person for person in known.people}
        self._made_sites: dict[UUID, Site] = {}
        self._made_people: dict[UUID, Person] = {}
        self.unknown_sites: dict[str, None] = {}
        self.unknown_people: dict[str, None] = {}

    def scheme(self, text: str) -> Scheme:
        """The scheme of that kind or name. Raises BadInputError."""
        wanted = folded(text)
        for scheme in self._known.schemes:
            if wanted == folded(scheme.name):
                return scheme
        of_kind = [s for s in self._known.schemes if wanted == folded(s.kind.value)]
        if len(of_kind) > 1:
            names = joined([scheme.name for scheme in of_kind], "or")
            raise BadInputError(f"This office has several of these schemes. Write {names}.")
        if of_kind:
            return of_kind[0]
        kinds = {folded(kind.value): kind for kind in Kind}
        if wanted in kinds:
            raise BadInputError(f"This office has no {lowered(kinds[wanted].label)} scheme.")
        raise BadInputError(f"“{short(text)}” is not a scheme. Write custody or animal_welfare.")

    def site(self, scheme: Scheme, name: str) -> Site:
        """The site of that name. A new one is open at all times until `new_records` dates it.

        Raises BadInputError.
        """
        key = (scheme.id, folded(name))
        site_of_name = self._sites.get(key)
        if site_of_name is None:
            if not self._create_missing and key[1] not in self._new_sites:
                self.unknown_sites.setdefault(name)
                raise BadInputError(f"There is no site \u201c{name}\u201d in this scheme.")
            site_of_name = Site(
                id=uuid4(),
                scheme_id=scheme.id,
                kind=self._known.site_kinds[scheme.id],
                name=name,
                grid_id=self._known.grids[scheme.id],
                open_periods=(OpenPeriod(date.min),),
            )
            self._sites[key] = self._made_sites[site_of_name.id] = site_of_name
        return site_of_name

    def person(self, name: str) -> Person:
        """The person of that name. A new one is in every scheme until `new_records` dates them.

        Raises BadInputError.
        """
        alike = self._people.get(folded(name), [])
        if len(alike) > 1:
            alike = [p for p in alike if p.name.casefold() == name.casefold()] or alike
        if len(alike) > 1:
            raise BadInputError(f"There is more than one person called {name}.")
        if alike:
            return self.by_id[alike[0].same_as or alike[0].id]
        if not self._create_missing and folded(name) not in self._new_people:
            self.unknown_people.setdefault(name)
            raise BadInputError(f"There is nobody called {name} in the register of people.")
        always = tuple(Membership(scheme.id, date.min) for scheme in self._known.schemes)
        person = Person(uuid4(), name, always)
        self._people[folded(name)] = [person]
        self.by_id[person.id] = self._made_people[person.id] = person
        return person

    def new_people(self) -> Sequence[Person]:
        """Those who were created, in the order of the file."""
        return tuple(self._made_people.values())

    def new_sites(self) -> Sequence[Site]:
        """The same of sites."""
        return tuple(self._made_sites.values())

    def new_records(self, visits: Iterable[Visit]) -> tuple[tuple[Site, ...], tuple[Person, ...]]:
        """The new sites and people that these visits need.

        Nobody knows when a site opened: it counts as open in the reporting year of its first visit,
        by whose day it was in use. A person is active in a scheme from their first visit for it.
        """
        opened: dict[UUID, date] = {}
        joined: dict[UUID, dict[UUID, date]] = {}
        for visit in visits:
            day = visit.arrived.day
            if visit.site_id in self._made_sites:
                opened[visit.site_id] = min(day, opened.get(visit.site_id, day))
            for person_id in (*visit.visitors, *visit.observers):
                if person_id in self._made_people:
                    mine = joined.setdefault(person_id, {})
                    mine[visit.scheme_id] = min(day, mine.get(visit.scheme_id, day))
        last = max((site.position for site in self._known.sites), default=0)
        sites = [site for site in self._made_sites.values() if site.id in opened]
        return (
            tuple(
                replace(
                    site,
                    open_periods=(
                        OpenPeriod(
                            self._known.years.year_of(opened[site.id]).start,
                            in_use_by=opened[site.id],
                        ),
                    ),
                    position=last + number,
                )
                for number, site in enumerate(sites, 1)
            ),
            tuple(
                replace(
                    person,
                    memberships=tuple(
                        Membership(scheme.id, joined[person.id][scheme.id], joined_unknown=True)
                        for scheme in self._known.schemes
                        if scheme.id in joined[person.id]
                    ),
                )
                for person in self._made_people.values()
                if person.id in joined
            ),
        )
