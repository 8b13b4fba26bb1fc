"""Sealed PDF files open with their passphrase in another program's code, and with no other."""

from io import BytesIO

import pikepdf
import pytest

from tests.reporting import sheets
from visitapp.reporting.pdf.render import render_pdf
from visitapp.security.pdf_seal import PdfSeal

PASSPHRASE = "lantern orchard pebble ŵyn violin"


def sealed(passphrase: str = PASSPHRASE) -> bytes:
    file = BytesIO()
    render_pdf(sheets.SHEETS["rota"](), file, seal=PdfSeal(passphrase))
    return file.getvalue()


def test_it_opens_with_its_passphrase_alone_by_aes_256_of_revision_6() -> None:
    content = sealed()
    with pikepdf.open(BytesIO(content), password=PASSPHRASE) as file:
        assert file.is_encrypted
        about = file.encryption
        assert (about.R, about.V, about.bits) == (6, 5, 256)
        assert "aesv3" in str(about.stream_method)
        assert about.stream_method == about.string_method
        assert file.user_password_matched
        assert not file.owner_password_matched
        assert file.allow.accessibility
        assert str(file.docinfo["/Title"]).startswith("Rota for Anne")
        assert str(file.Root.StructTreeRoot.Type) == "/StructTreeRoot"
        assert b"BT" in file.pages[0].Contents.read_bytes()
        assert b"pdfuaid" in file.Root.Metadata.read_bytes()
    for wrong in ("", "lantern orchard pebble violin"):
        with pytest.raises(pikepdf.PasswordError):
            pikepdf.open(BytesIO(content), password=wrong)
    for words in (b"Rota for", b"Anne", b"pdfuaid", "Ŵyn".encode("utf-16-be")):
        assert words not in content


def test_two_files_of_one_passphrase_have_nothing_in_common_but_the_program() -> None:
    one, other = (
        pikepdf.open(BytesIO(sealed()), password=PASSPHRASE).encryption.encryption_key
        for _ in range(2)
    )
    assert one != other
