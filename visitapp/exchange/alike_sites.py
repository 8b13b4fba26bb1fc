"""Sites that look like one place: of an import, that may be in the settings under another name."""

from collections.abc import Iterable, Sequence

from visitapp.domain.office.site import Site
from visitapp.exchange.likely_names import likely_site
from visitapp.exchange.visits import ImportEntry


def like_site(site: Site, known: Iterable[Site]) -> str:
    """The name of another site of the scheme and kind that may be the same place; empty if none."""
    own = (other for other in known if (other.scheme_id, other.kind) == (site.scheme_id, site.kind))
    alike = (o.name for o in own if o.id != site.id and likely_site(site.name, [o.name]))
    return next(alike, "")


def warn_of_alike_sites(
    entries: Sequence[ImportEntry], new: Iterable[Site], known: Sequence[Site]
) -> None:
    """Warn once about each new site that may be one that is known, or another new one."""
    before = list(known)
    warnings = {}
    for site in new:
        if name := like_site(site, before):
            warnings[site.id] = (
                f"{site.name} may be the same site as {name}. If so, count them together after the "
                "import: in Settings, Sites, \u201cThe same site as\u2026\u201d."
            )
        before.append(site)
    for entry in entries:
        if entry.visit is not None and (words := warnings.pop(entry.visit.site_id, "")):
            entry.line.warn("site", words)
