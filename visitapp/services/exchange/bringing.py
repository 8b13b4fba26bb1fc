"""Reports of a file that was begun without an invitation, signed again in a copy that has joined.

The file that was begun is only read, and stays as it is. A report is taken over with all its words
where its site and people have the names that the scheme has for them, and the rules of every
report hold; others are named, with the reasons.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, FaultyReportError, VisitAppError
from visitapp.domain.records.access_entry import RecordKind
from visitapp.domain.report.visit import State
from visitapp.domain.text.folding import folded
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.persistence import exchange, ledger, people, visits
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


@dataclass(frozen=True, slots=True)
class BroughtReport:
    """What became of one: its new reference, or the reasons why it was not taken over. `is_new`:
    it was not here before."""

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
        me = self._my_name()
        there = {_words(report.content): report.reference for report in self._standing()}
        before = self._brought_before()
        known = {folded(old): new for old, new in names.items()}
        brought, changed = [], Changes.NONE
        for report in reports:
            content = _renamed(json.loads(report.content), known)
            here = before.get(report.digest) or there.get(_words(content), "")
            if here:
                brought.append(BroughtReport(report.reference, here, is_new=False))
                continue
            outcome = self._brought(report, content, me)
            brought.append(outcome)
            if outcome.new_reference:
                changed |= Changes.VISITS | Changes.ISSUES | Changes.INBOX
        return tuple(brought), changed

    def _brought(self, report: EarlierReport, content: str, me: str) -> BroughtReport:
        values = json.loads(content)
        if folded(me) not in map(folded, (*values["visitors"], *values["observers"])):
            sentence = f"{me} is not one of the visitors of this report."
            return BroughtReport(report.reference, problems=(sentence,))
        try:
            signed, _ = self._written.sign(content.encode())
        except FaultyReportError as error:
            return BroughtReport(report.reference, problems=tuple(error.sentences))
        except VisitAppError as error:
            return BroughtReport(report.reference, problems=(str(error),))
        visit, now, by = signed.visit, self._access.now(), self._access.actor.name
        reason = f"{report.reference} of a file begun before joining"
        with self._access.database.transaction() as connection:
            ledger.append(connection, [ledger.brought(visit, by, reason, report.digest, now)])
        return BroughtReport(report.reference, visit.ref, warnings=signed.warnings)

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
        confirmation["person"] = name(confirmation["person"])
    return json.dumps(values, ensure_ascii=False)
