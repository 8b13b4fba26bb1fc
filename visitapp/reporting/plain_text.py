"""Text for formats made of XML or HTML, which can't contain every character."""

import re
import unicodedata

from visitapp.domain.text.shown import MARK, shown

_NO_XML = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
"""Characters that XML can't contain in any form, and those that HTML shouldn't."""


def plain_text(text: str) -> str:
    """The text with a mark for what can't be written, and letters combined with their accents."""
    return _NO_XML.sub(MARK, shown(unicodedata.normalize("NFC", text)))
