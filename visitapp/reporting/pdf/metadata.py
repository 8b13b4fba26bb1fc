"""Who, what and when of a PDF file; its dates come from the report, never from the clock."""

from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape

from visitapp.domain.text.shown import shown


@dataclass(frozen=True, slots=True)
class Metadata:
    """`language` is a BCP 47 tag; `as_at` becomes the file's date."""

    title: str
    author: str
    subject: str
    language: str
    as_at: date


class TimeStamp:
    """What ReportLab needs of a time: midnight UTC on the given day."""

    def __init__(self, day: date) -> None:
        self.t = float(day.toordinal())
        self.YMDhms = (day.year, day.month, day.day, 0, 0, 0)
        self.dhh = self.dmm = 0
        self.tzname = "UTC"


_PACKET = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}T00:00:00+00:00</xmp:CreateDate>
<xmp:ModifyDate>{day}T00:00:00+00:00</xmp:ModifyDate>
<xmp:CreatorTool>visitapp</xmp:CreatorTool>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""


def xmp_packet(metadata: Metadata) -> bytes:
    """The XMP packet: the same title and dates as the file's Info, and the PDF/UA part."""
    return _PACKET.format(
        title=escape(shown(metadata.title)),
        author=escape(shown(metadata.author)),
        subject=escape(shown(metadata.subject)),
        language=escape(metadata.language),
        day=metadata.as_at.isoformat(),
    ).encode()
