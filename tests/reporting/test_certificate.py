"""The certificate for long service: its words, and that everybody can read its PDF."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pdfua
import pytest

from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.reporting.certificate import CertificateWords
from visitapp.reporting.pdf.certificate import certificate_pdf

WORDS = CertificateWords(
    office="Office of the Examplar",
    signed_by="The Examplar",
    name="Margaret Okafor",
    years=9,
    role="an independent custody visitor",
    area="Leicestershire and Rutland",
    day=date(2024, 6, 12),
    since=date(2015, 4, 1),
    visits=112,
    visited="people held in police custody",
    notice="Made up",
)
LONG = replace(WORDS, name="Bartholomew Featherstonehaugh-Wolstenholme", years=45, notice="")


def test_it_says_what_the_picture_says_in_the_order_on_the_page() -> None:
    file = TaggedPdf(certificate_pdf(WORDS))
    assert [line.strip() for line in file.outline().splitlines() if line.strip()] == [
        "Document", "Sect", "P: Office of the Examplar", "H1: Certificate of service",
        "P: presented to", "P: Margaret Okafor",
        "P: for nine years of service as an independent custody visitor in Leicestershire and "
        "Rutland",
        "P: Since April 2015, 112 visits to people held in police custody, unpaid and without "
        "notice, so that the public can be sure of how they are treated.",
        "P: The Examplar", "P: Volunteer manager", "P: 12 June 2024", "P: Made up",
    ]  # fmt: skip


def test_what_is_not_known_is_left_out() -> None:
    unknown = replace(WORDS, since=None, visits=None, visited="", years=1, area="")
    assert unknown.service == "for one year of service as an independent custody visitor"
    assert unknown.sentence.startswith("Visits, unpaid and without notice")


@pytest.mark.parametrize("words", [WORDS, LONG])
def test_it_is_one_tagged_page_across_and_all_of_it_is_sound(
    words: CertificateWords, tmp_path: Path
) -> None:
    path = tmp_path / "certificate.pdf"
    path.write_bytes(certificate_pdf(words))
    report = pdfua.validate(str(path))
    assert [finding.message for finding in report.findings] == []
    file = TaggedPdf(path.read_bytes())
    (page,) = file.pages
    assert (page.loose, page.faults) == ([], [])
    left, bottom, right, top = map(float, file.pdf.pages[0].MediaBox)
    assert right - left > top - bottom
    assert file.pdf.check_pdf_syntax() == []
    assert certificate_pdf(words) == path.read_bytes()
