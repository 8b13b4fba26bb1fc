"""The one computation of figures that every page, document and command uses."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from visitapp.domain.codes import CodeBook
from visitapp.domain.coverage import SiteCoverage
from visitapp.domain.errors import BadInputError
from visitapp.domain.figures import hours_of, value_of
from visitapp.domain.period import Period, week_of
from visitapp.domain.scheme import Kind, Scheme
from visitapp.domain.site import Site
from visitapp.domain.summary import (
    AccessFigures,
    AnimalFigures,
    AnnualSummary,
    CategoryFigures,
    EarlierYear,
    IssueFigures,
    Labelled,
    PeopleFigures,
    SchemeFigures,
    SiteFigures,
    Target,
    Volunteers,
)
from visitapp.domain.visit import Access as Wait
from visitapp.persistence import counting, schemes
from visitapp.persistence import people as stored_people
from visitapp.services import figures_json
from visitapp.services.access import Access

_DETAILS = ("gender", "age_group", "ethnicity")
