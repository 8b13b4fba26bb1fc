"""Writes a period's documents into a folder, as an office would send them out."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

from visitapp.domain.office.award import SOON_DAYS, Award, service_began
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.domain.progress import Progress, with_progress
from visitapp.domain.text.shown import in_a_file_name
from visitapp.domain.text.wording import lowered
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.paths import writing
from visitapp.services import Services
from visitapp.services.saving import must_be_free, save_document


def write_year(
    services: Services, period: Period, folder: Path, progress: Progress | None = None
) -> list[Path]:
    """The report with its figures, an update on each quarter that has begun, the page on the last
    month, the papers of the last meeting, the indicators for other schemes, the evidence for
    accreditation, the rota and a page for each visitor if visits are planned, the claims if anybody
    claimed, a certificate for each award due, and each site's coverage. Returns the paths written.

    Raises BadInputError if one exists (then none is written), CancelledError if `progress` returns
    False.
    """
    sites = services.figures.coverage(period, services.figures.site_ids(period, None, []))
    pictures = {
        folder / f"coverage-{name}.{form}": site
        for name, site in zip(_names(site.site_name for site in sites), sites, strict=True)
        for form in ("png", "svg")
    }
    updates = dict(_updates(services, period, folder))
    kind = lowered(services.setup.years().kind_of_report(period)).replace(" ", "-")
    report, figures = folder / f"{kind}.pdf", folder / "figures.json"
    indicators = folder / "indicators.json"
    has_rota = _has_rota(services, period)
    of_plan = (folder / "rota.pdf", folder / "pages-for-visitors") if has_rota else ()
    claims = [folder / "claims.pdf"] if _has_claims(services, period) else []
    certificates = dict(_certificates(services, period, folder))
    papers = dict(_papers(services, period, folder))
    others = dict(_others(services, period, folder))
    written = [report, figures, *updates, *papers, *others, indicators, *of_plan, *claims]
    written += [*certificates, *pictures]
    for path in written:
        if path.exists():
            must_be_free(path, force=False)
    with writing(folder):
        folder.mkdir(exist_ok=True)
    services.reports.save_annual(period, report, progress)
    save_document(figures, services.figures.figures_json(period).encode("utf-8"))
    for path, quarter in updates.items():
        services.updates.save(quarter, path)
    for path, meeting in papers.items():
        days = services.meetings.days_before(meeting)
        services.meetings.save_pack(days, path, meeting_id=meeting.id)
    services.indicators.save(period, indicators)
    for path, (kind_of_document, days) in others.items():
        services.documents.save(kind_of_document, days, path)
    if of_plan:
        _save_plan(services, period, *of_plan)
    for path in claims:
        services.hours.save_claims(period, path)
    for path, award in certificates.items():
        services.people.save_certificate(award.person.id, award.years, path)
    for path, site in with_progress(progress, "Drawing the coverage", list(pictures.items())):
        services.reports.coverage_picture(period, (site.site_id,), "need", path)
    return written


def _others(
    services: Services, period: Period, folder: Path
) -> Iterator[tuple[Path, tuple[DocumentKind, Period]]]:
    """The page on the last month that has begun, the indicators to read and to compute with, and
    the evidence for accreditation; a copy to read has the people for none of them."""
    years, today = services.setup.years(), services.access.today()
    if services.access.actor.role is not Role.MANAGER or today < period.start:
        return
    months = [month for month in period.months() if month.start <= today] or [period]
    for kind, days, form in (
        (DocumentKind.MONTHLY, months[-1], ".pdf"),
        (DocumentKind.INDICATORS, period, ".pdf"),
        (DocumentKind.INDICATORS, period, ".xlsx"),
        (DocumentKind.EVIDENCE, period, ".pdf"),
    ):
        yield folder / f"{kind.file_name(years, days)}{form}", (kind, days)


def _papers(services: Services, period: Period, folder: Path) -> Iterator[tuple[Path, Meeting]]:
    """The last meeting that was held in the period; a copy to read has none."""
    if services.access.actor.role is not Role.MANAGER:
        return
    today = services.access.today()
    held = (
        meeting
        for meeting in services.meetings.meetings()
        if meeting.counts and meeting.held_on in period and meeting.held_on <= today
    )
    for meeting in islice(held, 1):
        yield folder / f"meeting-{meeting.held_on}.pdf", meeting


def _certificates(services: Services, period: Period, folder: Path) -> Iterator[tuple[Path, Award]]:
    """One for each award that was due in the period and isn't noted as handed over; the latest of
    each volunteer who is still in the scheme."""
    if services.access.actor.role is not Role.MANAGER:
        return
    soon = services.access.today() + timedelta(days=SOON_DAYS)
    awards = [
        award
        for award in services.people.awards_due(min(period.end, services.access.today()))
        if award.due_on in period and service_began(award.person.memberships, soon)
    ]
    for award, name in zip(awards, _names(award.person.name for award in awards), strict=True):
        yield folder / f"certificate-{award.years}-years-{name}.pdf", award


def _names(sites: Iterable[str]) -> Iterator[str]:
    """A name for each site's files; sites whose names would give the same are numbered."""
    used: Counter[str] = Counter()
    for site in sites:
        name = in_a_file_name(site.casefold(), "site")
        used[name] += 1
        yield name if used[name] == 1 else f"{name}-{used[name]}"


def _has_rota(services: Services, period: Period) -> bool:
    """Whether visitors have visits to make in a period; a copy to read has no plan."""
    is_manager = services.access.actor.role is Role.MANAGER
    return is_manager and bool(services.assignments.all(period))


def _save_plan(services: Services, period: Period, rota: Path, pages: Path) -> None:
    """The rota, and a folder with each visitor's page."""
    services.reports.save_rota(period, rota)
    with writing(pages):
        pages.mkdir()
    services.assignments.write_sheets(period, pages)


def _has_claims(services: Services, period: Period) -> bool:
    """Whether a volunteer claimed anything in a period; a copy to read has no claims."""
    is_manager = services.access.actor.role is Role.MANAGER
    return is_manager and any(item.claims for item in services.hours.hours(period))


def _updates(services: Services, period: Period, folder: Path) -> Iterator[tuple[Path, Period]]:
    """The quarters of the office's years that lie in the period and have begun; without any, the
    period itself if it lies in one year."""
    years, today = services.setup.years(), services.access.today()
    quarters = [
        quarter
        for quarter in years.year_of(period.start).quarters()
        if period.holds(quarter) and quarter.start <= today
    ]
    if not quarters and years.year_of(period.start).holds(period) and period.start <= today:
        quarters = [period]
    for quarter in quarters:
        yield folder / f"{years.update_file_name(quarter)}.pdf", quarter
