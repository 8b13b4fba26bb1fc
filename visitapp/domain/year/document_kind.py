"""The documents on a period besides its report: what they are called, and in file names."""

from enum import StrEnum

from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears


class DocumentKind(StrEnum):
    """A document that is made of any period."""

    UPDATE = "quarterly"
    MONTHLY = "monthly"
    INDICATORS = "indicators"
    EVIDENCE = "evidence"

    def words(self, years: ReportingYears, period: Period) -> str:
        """`Quarterly update`, `Issues and police action`."""
        return _TITLES.get(self) or years.kind_of_update(period)

    def file_name(self, years: ReportingYears, period: Period) -> str:
        """`issues-and-police-action-March-2025`, without the kind of file."""
        if self is DocumentKind.UPDATE:
            return years.update_file_name(period)
        return years.as_file_name(_TITLES[self], period)


def titled(kind: DocumentKind, years: ReportingYears, period: Period) -> str:
    """`Issues and police action: March 2025`, as the document itself is headed."""
    return f"{kind.words(years, period)}: {years.label(period)}"


_TITLES = {
    DocumentKind.MONTHLY: "Issues and police action",
    DocumentKind.INDICATORS: "Regional indicators",
    DocumentKind.EVIDENCE: "Evidence for accreditation",
}
