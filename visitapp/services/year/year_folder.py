"""Writes a year's documents into a folder, as an office would send them out."""

from pathlib import Path

from visitapp.domain.period import Period
from visitapp.domain.progress import Progress, with_progress
from visitapp.domain.text.shown import in_a_file_name
from visitapp.services import Services
from visitapp.services.saving import save_document


def write_year(
    services: Services, period: Period, folder: Path, progress: Progress | None = None
) -> list[Path]:
    """The annual report, its figures, and each site's coverage. Returns the paths written.

    Raises BadInputError if one exists, CancelledError if `progress` returns False.
    """
    folder.mkdir(exist_ok=True)
    report, figures = folder / "annual-report.pdf", folder / "figures.json"
    services.reports.save_annual(period, report, progress)
    save_document(figures, services.figures.figures_json(period).encode("utf-8"))
    written = [report, figures]
    sites = services.figures.coverage(period, services.figures.site_ids(period, None, []))
    for site in with_progress(progress, "Drawing the coverage", sites):
        for form in ("png", "svg"):
            picture = (
                folder / f"coverage-{in_a_file_name(site.site_name.casefold(), 'site')}.{form}"
            )
            services.reports.coverage_picture(period, (site.site_id,), "need", picture)
            written.append(picture)
    return written
