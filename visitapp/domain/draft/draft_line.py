"""A draft in one line: what it is about, and how many sections are done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from visitapp.domain.draft.draft import Draft
from visitapp.domain.draft.judgement import Judgement
from visitapp.domain.draft.report_form import Reading, ReadingBasis, judged, read
from visitapp.domain.draft.report_sections import sections
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import Site
from visitapp.domain.reading.report_lines import ReportContext, by_whom, heading
from visitapp.domain.report import rules
from visitapp.domain.report.form import Form
from visitapp.domain.report.rules import Finding


@dataclass(frozen=True, slots=True)
class DraftLine:
    """`title` names site and day as far as they are known, as do `site` and `day`; `by` names kind
    and visitors, `author` the person who began it. `done` of `sections` are done. `saved_at` is
    UTC."""

    id: UUID
    kind: Kind
    title: str
    site: str
    day: date | None
    by: str
    author: str
    done: int
    sections: int
    saved_at: datetime | None
    replaces_id: UUID | None


def draft_line(
    draft: Draft,
    form: Form,
    about: ReportContext,
    sites: tuple[Site, ...],
    today: date,
    words: Callable[[Reading], Sequence[Finding]] = lambda _: (),
) -> DraftLine:
    """The line of a draft. `about` needs no site: that is looked up among `sites`. `words` returns
    findings about words in its texts that still need a decision."""
    basis = ReadingBasis(form, about.book, about.scheme.immediate_limit)
    reading = read(draft.report, visit_id=draft.id, scheme_id=draft.scheme_id, basis=basis)
    site = next((site for site in sites if site.id == reading.visit.site_id), None)
    about = replace(about, site=site)
    rule_findings = rules.findings(
        reading.visit,
        scheme=about.scheme,
        site=site,
        people=about.people,
        book=about.book,
        others=(),
        today=today,
    )
    findings = (*judged(reading, rule_findings), *words(reading))
    judgement = Judgement(draft.report, reading, findings)
    parts = sections(form)
    return DraftLine(
        id=draft.id,
        kind=about.scheme.kind,
        title=heading(reading.visit, about, has_day=reading.has_day),
        site="" if site is None else site.name,
        day=reading.visit.arrived.day if reading.has_day else None,
        author=draft.author,
        by=by_whom(reading.visit, about),
        done=sum(judgement.progress(part).is_done for part in parts),
        sections=len(parts),
        saved_at=draft.saved_at,
        replaces_id=draft.replaces_id,
    )
