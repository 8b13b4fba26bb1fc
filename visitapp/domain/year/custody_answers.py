"""Figures from what visitors wrote about each detainee: requests, gaps in custody records, and who
offered the visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from uuid import UUID

from visitapp.domain.figures import Share, single_share
from visitapp.domain.year.chance import SIGNIFICANT, mid_p
from visitapp.domain.year.confidence import ConfidenceInterval, interval_of
from visitapp.domain.year.findings import AnswerChange
from visitapp.domain.year.small_numbers import is_small, not_to_be_shown


@dataclass(frozen=True, slots=True)
class RequestPart:
    """Requests of one kind, or at one site. A number is None if it can't be published. `change`
    compares the share that was resolved with that of the period before, if it is known."""

    raised: int | None = 0
    resolved: int | None = 0
    code: str = ""
    label: str = ""
    change: AnswerChange | None = None

    @property
    def share(self) -> Share | None:
        """Requests resolved, of those raised; None if it can't be published."""
        if self.raised is None or self.resolved is None:
            return None
        return single_share(self.resolved, self.raised)

    @property
    def tells_of_few(self) -> bool:
        """Whether it can't be said how many were resolved."""
        if self.raised is None or self.resolved is None:
            return True
        return is_small(self.resolved) or is_small(self.raised - self.resolved)


def published_parts(parts: Sequence[RequestPart]) -> list[RequestPart]:
    """The parts of a known sum without those of fewer than five requests, and what would give them
    away. How many were resolved is left out too where that, or the rest, is fewer than five."""
    hidden = not_to_be_shown([part.raised or 0 for part in parts])
    shown = [
        replace(part, raised=None, resolved=None) if at in hidden else part
        for at, part in enumerate(parts)
    ]
    small = [at for at, part in enumerate(shown) if part.tells_of_few]
    if len(small) == 1:  # the sum of all is known, so another one goes with it
        rest = [at for at, part in enumerate(shown) if at not in small and part.raised]
        small += [min(rest, key=lambda at: shown[at].raised or 0)] if rest else []
    for at in small:
        shown[at] = replace(shown[at], resolved=None, change=None)
    return shown


@dataclass(frozen=True, slots=True)
class RequestFigures:
    """Requests that detainees raised with visitors, and those resolved: put right during the
    visit. `by_kind` are in the form's order, without kinds that nobody asked for. `change` as in
    `RequestPart`."""

    raised: int = 0
    resolved: int = 0
    by_kind: tuple[RequestPart, ...] = ()
    change: AnswerChange | None = None

    @property
    def share(self) -> Share:
        """Requests resolved, of those raised."""
        return single_share(self.resolved, self.raised)

    def compared(self, before: "RequestFigures") -> "RequestFigures":
        """The same with the changes since the period before, in all and of each kind."""
        earlier = {kind.code: kind for kind in before.by_kind}
        kinds = (
            replace(kind, change=_change(kind, earlier.get(kind.code, RequestPart())))
            for kind in self.by_kind
        )
        return replace(self, by_kind=tuple(kinds), change=_change(self, before))

    def published(self) -> "RequestFigures":
        """The sums, and the kinds that may be published."""
        return replace(self, by_kind=tuple(published_parts(self.by_kind)))


def _change(
    now: RequestPart | RequestFigures, before: RequestPart | RequestFigures
) -> AnswerChange | None:
    """None if nothing was asked for in one of the periods."""
    if not now.raised or not before.raised:
        return None
    return AnswerChange(now.resolved or 0, now.raised, before.resolved or 0, before.raised)


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
    these those with a gap (None if that can't be published). A record can have several kinds of
    gap; `by_kind` are in the form's order, with all that it asks about."""

    checked: int = 0
    with_gap: int | None = 0
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
        with_gap = None if is_small(self.with_gap or 0) else self.with_gap
        return RecordFigures(self.checked, with_gap, tuple(kinds))


@dataclass(frozen=True, slots=True)
class OfferFigures:
    """Offers of a visit made by a visitor or by the escort, and those accepted: the detainee was
    seen, and didn't refuse. Both are None if they can't be published."""

    label: str
    offers: int | None
    accepted: int | None
    code: str = ""

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
    only one of them made offers. `meaning` is that of the question who made the offer."""

    by_maker: tuple[OfferFigures, ...] = ()
    likelihood: Fraction | None = None
    meaning: int = 1

    @classmethod
    def of(cls, by_maker: Sequence[OfferFigures], meaning: int = 1) -> "OffersCompared":
        """The offers with the test of their difference."""
        most = sorted((o for o in by_maker if o.offers), key=lambda o: o.offers or 0)[-2:]
        if len(most) < 2:
            return cls(tuple(by_maker), None, meaning)
        first, second = most
        likelihood = mid_p(
            first.accepted or 0, first.offers or 0, second.accepted or 0, second.offers or 0
        )
        return cls(tuple(by_maker), likelihood, meaning)

    @property
    def offers(self) -> int:
        """Offers of which the report says who made them; 0 if they can't be published."""
        return sum(maker.offers or 0 for maker in self.by_maker)

    @property
    def is_whole(self) -> bool:
        """Whether every number can be shown."""
        return all(maker.share is not None for maker in self.by_maker)

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
    add up to `requests`; a site without any is missing in `by_site`."""

    requests: RequestFigures = RequestFigures()
    by_site: Mapping[UUID, RequestPart] = field(default_factory=dict)
    records: RecordFigures = RecordFigures()
    offers: OffersCompared = OffersCompared()

    @property
    def is_known(self) -> bool:
        """Whether any report says something of this."""
        return bool(self.requests.raised or self.records.checked or self.offers.offers)

    @property
    def is_whole(self) -> bool:
        """Whether every number can be shown."""
        gaps = (self.records.any_gap, *self.records.by_kind)
        requests = (*self.requests.by_kind, *self.by_site.values())
        known = all(part.share is not None for part in requests) and self.offers.is_whole
        return known and all(gap.number is not None for gap in gaps)

    def published(self) -> "CustodyAnswers":
        """What may leave the office."""
        return CustodyAnswers(
            self.requests.published(),
            dict(zip(self.by_site, published_parts([*self.by_site.values()]), strict=True)),
            self.records.published(),
            self.offers.published(),
        )
