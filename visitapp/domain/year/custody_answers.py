"""Figures from what visitors wrote about each detainee: requests, gaps in custody records, and who
offered the visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from uuid import UUID

from visitapp.domain.figures import Share, single_share
from visitapp.domain.year.chance import SIGNIFICANT, mid_p
from visitapp.domain.year.confidence import ConfidenceInterval, interval_of
from visitapp.domain.year.small_numbers import is_small, not_to_be_shown


@dataclass(frozen=True, slots=True)
class RequestKind:
    """Requests of one kind. A number is None if it can't be published."""

    code: str
    label: str
    raised: int | None
    resolved: int | None

    @property
    def share(self) -> Share | None:
        """Requests resolved, of those raised; None if it can't be published."""
        if self.raised is None or self.resolved is None:
            return None
        return single_share(self.resolved, self.raised)


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """Requests that detainees raised with visitors, and those resolved: put right during the
    visit. `by_kind` are in the form's order, without kinds that nobody asked for."""

    raised: int = 0
    resolved: int = 0
    by_kind: tuple[RequestKind, ...] = ()

    @property
    def share(self) -> Share:
        """Requests resolved, of those raised."""
        return single_share(self.resolved, self.raised)

    @property
    def is_whole(self) -> bool:
        """Whether every number can be shown."""
        return all(kind.share is not None for kind in self.by_kind)

    def published(self) -> "RequestFigures":
        """The figures without kinds that fewer than five asked for, and what would give them
        away. What is resolved of a kind is left out too if it tells of fewer than five."""
        hidden = not_to_be_shown([kind.raised or 0 for kind in self.by_kind])
        kinds = [
            replace(kind, raised=None, resolved=None) if at in hidden else kind
            for at, kind in enumerate(self.by_kind)
        ]
        small = [at for at, kind in enumerate(kinds) if _tells_of_few(kind)]
        if len(small) == 1:  # the sum of all is known, so another one goes with it
            rest = [at for at, kind in enumerate(kinds) if kind.resolved is not None]
            rest = [at for at in rest if at not in small]
            small += [min(rest, key=lambda at: kinds[at].raised or 0)] if rest else []
        for at in small:
            kinds[at] = replace(kinds[at], resolved=None)
        return replace(self, by_kind=tuple(kinds))


def _tells_of_few(kind: RequestKind) -> bool:
    if kind.raised is None or kind.resolved is None:
        return True
    return is_small(kind.resolved) or is_small(kind.raised - kind.resolved)


@dataclass(frozen=True, slots=True)
class GapFigures:
    """How many of the `checked` records had a gap, or one kind of gap. `number` is None if it
    can't be published."""

    label: str
    number: int | None
    checked: int

    @property
    def share(self) -> Share | None:
        """Of the records checked; None if it can't be published."""
        return None if self.number is None else single_share(self.number, self.checked)

    @property
    def interval(self) -> ConfidenceInterval | None:
        """Where the share lies of all records, of which visitors checked some."""
        return None if self.number is None else interval_of(self.number, self.checked)


@dataclass(frozen=True, slots=True)
class RecordFigures:
    """How reliable custody records are: `checked` by visitors with the detainee's consent, and of
    these those with a gap. A record can have several kinds of gap; `by_kind` are in the form's
    order, with all that it asks about."""

    checked: int = 0
    with_gap: int = 0
    by_kind: tuple[GapFigures, ...] = ()

    @property
    def any_gap(self) -> GapFigures:
        """Records with any gap."""
        return GapFigures("Any gap", self.with_gap, self.checked)

    def published(self) -> "RecordFigures":
        """The figures without numbers of fewer than five records: each is about a person."""
        kinds = (
            replace(kind, number=None) if is_small(kind.number or 0) else kind
            for kind in self.by_kind
        )
        return replace(self, by_kind=tuple(kinds))


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """Offers of a visit made by a visitor or by the escort, and those accepted: the detainee was
    seen, and didn't refuse. Both are None if they can't be published."""

    label: str
    offers: int | None
    accepted: int | None

    @property
    def share(self) -> Share | None:
        """Offers accepted; None if it can't be published."""
        if self.offers is None or self.accepted is None:
            return None
        return single_share(self.accepted, self.offers)


@dataclass(frozen=True, slots=True)
class OffersCompared:
    """Offers by who made them, in the form's order. `likelihood` is that of a difference at least
    as large between the two who made most offers, if both are accepted alike (`mid_p`); None if
    only one of them made offers."""

    by_maker: tuple[OfferFigures, ...] = ()
    likelihood: Fraction | None = None

    @classmethod
    def of(cls, by_maker: Sequence[OfferFigures]) -> "OffersCompared":
        """The offers with the test of their difference."""
        most = sorted((o for o in by_maker if o.offers), key=lambda o: o.offers or 0)[-2:]
        if len(most) < 2:
            return cls(tuple(by_maker))
        first, second = most
        likelihood = mid_p(
            first.accepted or 0, first.offers or 0, second.accepted or 0, second.offers or 0
        )
        return cls(tuple(by_maker), likelihood)

    @property
    def offers(self) -> int:
        """Offers of which the report says who made them; 0 if they can't be published."""
        return sum(maker.offers or 0 for maker in self.by_maker)

    @property
    def is_chance(self) -> bool | None:
        """Whether the difference is no larger than chance would often make it; None without one."""
        return None if self.likelihood is None else self.likelihood >= SIGNIFICANT

    def published(self) -> "OffersCompared":
        """Nothing if fewer than five people accepted or refused an offer of one maker: with the
        sums of all, the other numbers would tell theirs."""
        for maker in self.by_maker:
            offers, accepted = maker.offers or 0, maker.accepted or 0
            if is_small(accepted) or is_small(offers - accepted):
                hidden = (replace(each, offers=None, accepted=None) for each in self.by_maker)
                return OffersCompared(tuple(hidden))
        return self


@dataclass(frozen=True, slots=True)
class CustodyAnswers:
    """What was counted of the answers about each detainee, in one period. The requests of all sites
    add up to `requests`; a site without any is missing."""

    requests: RequestFigures = RequestFigures()
    by_site: Mapping[UUID, RequestFigures] = field(default_factory=dict)
    records: RecordFigures = RecordFigures()
    offers: OffersCompared = OffersCompared()

    def published(self) -> "CustodyAnswers":
        """What may leave the office. Of sites only the sums are given, no kinds."""
        return CustodyAnswers(
            self.requests.published(),
            {site_id: replace(site, by_kind=()) for site_id, site in self.by_site.items()},
            self.records.published(),
            self.offers.published(),
        )
