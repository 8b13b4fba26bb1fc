"""Reports of a file that was begun without an invitation, signed again in a copy that has joined.

The file that was begun is only read, and stays as it is. A report is taken over with all its words
where its site and people have the names that the scheme has for them, and the rules of every
report hold; others are named, with the reasons.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, FaultyFileError, VisitAppError
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.folding import folded, person_sort_key, sort_key
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import exchange, ledger, people, schemes, visits
from visitapp.services.access import Access
from visitapp.services.reports.drafts import DraftService
from visitapp.services.reports.visits import VisitService
from visitapp.services.reports.written_reports import WrittenReportService
from visitapp.services.roles import VISITOR, changes, reads

_OWN = ("record", "amends")
"""What only one file's records know of a report."""
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """A signed report in the edition that stands, as `WrittenReportService.as_json` gives it."""

    reference: str
    content: str

    @property
    def digest(self) -> str:
        """SHA-256 of all of it."""
        return hashlib.sha256(self.content.encode()).hexdigest()

    @property
    def day(self) -> date:
        """The day of the visit."""
        return date.fromisoformat(json.loads(self.content)["date"])

    @property
    def site_name(self) -> str:
        """The name of its site in the file."""
        return str(json.loads(self.content)["site"])


@dataclass(frozen=True, slots=True)
class UnknownName:
    """The name of a site or person in earlier reports that the scheme doesn't have, and the names
    in the scheme of which it may be another."""

    name: str
    is_site: bool
    choices: tuple[str, ...]

    @property
    def sentence(self) -> str:
        """Why a report with this name is not taken over."""
        if self.is_site:
            return f"There is no site “{self.name}” in this scheme."
        return f"There is nobody called {self.name} in this scheme."


@dataclass(frozen=True, slots=True)
class BroughtReport:
    """What became of one, or would: its new reference, or the reasons why it is not taken over.
    `is_new`: it was not here before."""

    reference: str
    new_reference: str = ""
    is_new: bool = True
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


class BringingService:
    """Both sides of it: what lies in the file that was begun, and what a joined copy takes over."""

    def __init__(
        self,
        access: Access,
        visits: VisitService,
        drafts: DraftService,
        written: WrittenReportService,
    ) -> None:
        self._access, self._visits, self._drafts = access, visits, drafts
        self._written = written

    @reads(VISITOR, noted=RecordKind.REPORT)
    def begun(self) -> tuple[tuple[EarlierReport, ...], int]:
        """The signed reports of a file that was begun without an invitation, and how many drafts
        lie in it. Raises BadInputError in a copy that has joined a scheme."""
        with self._access.database.reading() as connection:
            if exchange.own_copy(connection) is not None:
                raise BadInputError("This file has joined a scheme. Its reports go to the office.")
        return self._standing(), len(self._drafts.drafts())

    @changes(VISITOR)
    def bring(
        self, reports: Sequence[EarlierReport], names: Mapping[str, str]
    ) -> tuple[tuple[BroughtReport, ...], Changes]:
        """Sign these reports here, each by itself; one that is here already changes nothing.
        `names` are those of the scheme by the names in the file.

        Raises BadInputError in a copy that has not joined a scheme.
        """
        brought, changed = [], Changes.NONE
        for report, content, outlook in self._looked_at(reports, names):
            if outlook.problems or not outlook.is_new:
                brought.append(outlook)
                continue
            outcome = self._signed(report, content)
            brought.append(outcome)
            if outcome.new_reference:
                changed |= Changes.VISITS | Changes.ISSUES | Changes.INBOX
        return tuple(brought), changed

    @reads(VISITOR)
    def look(
        self, reports: Sequence[EarlierReport], names: Mapping[str, str]
    ) -> tuple[BroughtReport, ...]:
        """What `bring` would do with the same reports and names, as far as it can be known before.
        Raises as `bring`."""
        return tuple(
            self._checked(outlook.reference, content)
            if outlook.is_new and not outlook.problems
            else outlook
            for _, content, outlook in self._looked_at(reports, names)
        )

    @reads(VISITOR)
    def unknown_names(self, reports: Sequence[EarlierReport]) -> tuple[UnknownName, ...]:
        """The sites, then the people of these reports whose names the scheme doesn't have."""
        scheme_names = self._scheme_names()
        unknown: dict[tuple[bool, str], UnknownName] = {}
        for report in reports:
            for item in scheme_names.unknown(json.loads(report.content)):
                unknown.setdefault((item.is_site, folded(item.name)), item)
        return tuple(
            sorted(unknown.values(), key=lambda item: (not item.is_site, sort_key(item.name)))
        )

    def _looked_at(
        self, reports: Sequence[EarlierReport], names: Mapping[str, str]
    ) -> Iterator[tuple[EarlierReport, str, BroughtReport]]:
        """Each report, its content with the names of the scheme, and why it is not to be signed."""
        me, scheme_names = self._my_name(), self._scheme_names()
        there = {_words(report.content): report.reference for report in self._standing()}
        before = self._brought_before()
        known = {folded(old): new for old, new in names.items()}
        for report in reports:
            content = _renamed(json.loads(report.content), known)
            values = json.loads(content)
            here = before.get(report.digest) or there.get(_words(content), "")
            problems = [item.sentence for item in scheme_names.unknown(values)]
            mine = (*values["visitors"], *values["observers"])
            if not problems and folded(me) not in map(folded, mine):
                problems = [f"{me} is not one of the visitors of this report."]
            if here:
                problems = []
            yield (
                report,
                content,
                BroughtReport(report.reference, here, is_new=not here, problems=tuple(problems)),
            )

    def _checked(self, reference: str, content: str) -> BroughtReport:
        try:
            warnings = self._written.check(content.encode())
        except VisitAppError as error:
            return BroughtReport(reference, problems=_sentences(error))
        return BroughtReport(reference, warnings=warnings)

    def _signed(self, report: EarlierReport, content: str) -> BroughtReport:
        try:
            signed, _ = self._written.sign(content.encode())
        except VisitAppError as error:
            return BroughtReport(report.reference, problems=_sentences(error))
        visit, now, by = signed.visit, self._access.now(), self._access.actor.name
        reason = f"{report.reference} of a file begun before joining"
        with self._access.database.transaction() as connection:
            ledger.append(connection, [ledger.brought(visit, by, reason, report.digest, now)])
        return BroughtReport(report.reference, visit.ref, warnings=signed.warnings)

    def _scheme_names(self) -> "_SchemeNames":
        with self._access.database.reading() as connection:
            kinds = {scheme.id: scheme.kind.value for scheme in schemes.schemes(connection)}
            sites: dict[str, list[str]] = {kind: [] for kind in kinds.values()}
            for site in schemes.sites(connection):
                sites[kinds[site.scheme_id]].append(site.name)
            names = [person.name for person in people.people(connection)]
        return _SchemeNames(sites, sorted(names, key=person_sort_key))

    def _brought_before(self) -> dict[str, str]:
        """The references here of reports that were brought before, by the digest of each there."""
        with self._access.database.reading() as connection:
            ids = ledger.brought_before(connection)
            refs = {visit.id: visit.ref for visit in visits.visits(connection, [*ids.values()])}
        return {digest: refs[visit_id] for digest, visit_id in ids.items() if visit_id in refs}

    def _my_name(self) -> str:
        with self._access.database.reading() as connection:
            own = exchange.own_copy(connection)
            if own is None or own.person_id is None:
                raise BadInputError("This copy has not joined a scheme by an invitation.")
            return people.names(connection, [own.person_id])[own.person_id]

    def _standing(self) -> tuple[EarlierReport, ...]:
        rows = self._visits.page(VisitQuery(limit=_MOST)).rows
        signed = [self._visits.get(row.id) for row in rows]
        standing = (visit for visit in signed if visit.state is State.LOCKED)
        refs = [visit.ref for visit in standing if visit.report is not None]
        return tuple(EarlierReport(ref, self._written.as_json(ref)) for ref in sorted(refs))


@dataclass(frozen=True, slots=True)
class _SchemeNames:
    """The names of the scheme's sites, by its kind, and of its people."""

    sites: Mapping[str, Sequence[str]]
    people: Sequence[str]

    def unknown(self, values: Mapping[str, Any]) -> Iterator[UnknownName]:
        """The names in a report that are not among them. A report of a scheme that the office
        hasn't has none to choose from."""
        sites = self.sites.get(values["scheme"])
        if sites is not None and not _has(sites, values["site"]):
            yield UnknownName(values["site"], True, tuple(sites))
        for name in (*values["visitors"], *values["observers"]):
            if not _has(self.people, name):
                yield UnknownName(name, False, tuple(self.people))


def _has(names: Sequence[str], name: str) -> bool:
    return folded(name) in map(folded, names)


def _sentences(error: VisitAppError) -> tuple[str, ...]:
    return error.sentences if isinstance(error, FaultyFileError) else (str(error),)


def _words(content: str) -> str:
    """All that was written in a report, with names in one spelling."""
    values = json.loads(content)
    words = json.dumps({key: values[key] for key in sorted(values) if key not in _OWN})
    return words.casefold()


def _renamed(values: dict[str, Any], known: Mapping[str, str]) -> str:
    def name(old: str) -> str:
        return known.get(folded(old), old)

    values = {key: value for key, value in values.items() if key not in _OWN}
    values["site"] = name(values["site"])
    for key in ("visitors", "observers"):
        values[key] = list(map(name, values[key]))
    for confirmation in values["confirmations"]:
        old = confirmation["person"]
        confirmation["person"] = name(old)
        if folded(confirmation["typed_name"]) == folded(old):
            confirmation["typed_name"] = name(old)  # they typed their name, as it was there
    return json.dumps(values, ensure_ascii=False)
