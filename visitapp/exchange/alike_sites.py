"""New sites of an import that may be in the settings already, under another name."""

from collections.abc import Iterable, Sequence

from visitapp.domain.office.site import Site
from visitapp.exchange.likely_names import likely_site
from visitapp.exchange.visits import ImportEntry


def warn_of_alike_sites(
    entries: Sequence[ImportEntry], new: Iterable[Site], known: Sequence[Site]
) -> None:
    """Warn once about each new site that may be one that is known, or another new one."""
    before = list(known)
    warnings = {}
    for site in new:
        own = [o for o in before if (o.scheme_id, o.kind) == (site.scheme_id, site.kind)]
        name = next((o.name for o in own if likely_site(site.name, [o.name])), "")
        before.append(site)
        if name:
            warnings[site.id] = (
                f"{site.name} may be the same site as {name}. If so, count them together after the "
                "import: in Settings, Sites, \u201cThe same site as\u2026\u201d."
            )
    for entry in entries:
        if entry.visit is not None and (words := warnings.pop(entry.visit.site_id, "")):
            entry.line.warn("site", words)
