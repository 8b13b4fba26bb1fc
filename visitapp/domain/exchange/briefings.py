"""What the office's reports say of the sites that a visitor may visit."""

from dataclasses import dataclass
from datetime import date

from visitapp.domain.following.briefing import SiteBriefing


@dataclass(frozen=True, slots=True)
class Briefings:
    """Each site of which there is anything to say, on a day."""

    as_of: date
    sites: tuple[SiteBriefing, ...]
