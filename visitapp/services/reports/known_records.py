"""What reports that come from files are checked against."""

from datetime import date

from visitapp.domain.office.week_bands import week_bands
from visitapp.domain.text.folding import folded
from visitapp.exchange.names import KnownRecords
from visitapp.persistence import people, same_site, schemes
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.services.office import reference
from visitapp.services.reports.forms import form_of


def known_records(connection: Connection, today: date) -> KnownRecords:
    """The schemes with their lists, the sites and the people, as they are."""
    own = schemes.schemes(connection)
    grids = schemes.grids(connection)
    kept = same_site.kept_of(connection)
    return KnownRecords(
        schemes=tuple(own),
        books={scheme.id: schemes.codes(connection, scheme.id) for scheme in own},
        sites=tuple(schemes.sites(connection)),
        people=tuple(people.people(connection)),
        grids={scheme.id: reference.usual_grid_id(scheme.id, grids) for scheme in own},
        site_kinds={scheme.id: reference.site_kind(scheme.kind) for scheme in own},
        today=today,
        years=reporting_years(connection),
        forms={scheme.id: form_of(connection, scheme.id) for scheme in own},
        bands=week_bands(own, grids),
        other_sites={
            (site.scheme_id, folded(site.name)): kept[site.id]
            for site in schemes.entered_sites(connection)
            if site.id in kept
        },
    )
