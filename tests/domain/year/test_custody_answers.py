"""What is left out of figures about a few detainees can't be worked out from the rest."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.year.custody_answers import (
    GapFigures,
    OfferFigures,
    OffersCompared,
    RecordFigures,
    RequestFigures,
    RequestPart,
)

NUMBERS = st.lists(
    st.integers(0, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))), max_size=6
)


def requests_of(numbers: list[tuple[int, int]]) -> RequestFigures:
    kinds = tuple(RequestPart(*of, code=str(at)) for at, of in enumerate(numbers) if of[0])
    raised, resolved = (sum(n[part] for n in numbers) for part in (0, 1))
    return RequestFigures(raised, resolved, kinds)


@given(NUMBERS)
def test_few_requests_of_a_kind_are_not_shown(numbers: list[tuple[int, int]]) -> None:
    figures = requests_of(numbers)
    shown = figures.published()
    assert (shown.raised, shown.resolved) == (figures.raised, figures.resolved)
    hidden = [k.raised for k, of in zip(figures.by_kind, shown.by_kind, strict=True)
              if of.raised is None]  # fmt: skip
    for kind in shown.by_kind:
        assert kind.raised is None or kind.raised >= 5
        if kind.resolved is not None:
            assert kind.raised is not None
            assert not {kind.resolved, kind.raised - kind.resolved} & {1, 2, 3, 4}
    assert not hidden or sum(hidden) >= 5 or len(hidden) == len(figures.by_kind)
    assert len(hidden) != 1 or len(figures.by_kind) == 1
    untold = [kind for kind in shown.by_kind if kind.resolved is None]
    assert len(untold) != 1 or len(shown.by_kind) == 1


def test_what_is_not_small_stays() -> None:
    figures = requests_of([(10, 5), (20, 20), (6, 0)])
    assert figures.published() == figures
    assert figures.share.text == "69%"


def test_a_change_of_few_requests_is_not_shown() -> None:
    before = requests_of([(10, 9), (3, 1), (5, 5)])
    figures = requests_of([(10, 5), (2, 2), (0, 0), (6, 0)]).compared(before)
    assert (figures.change.earlier_part, figures.change.earlier_whole) == (15, 18)
    assert [kind.change and kind.change.points for kind in figures.by_kind] == [
        Decimal("-40.0"), Decimal("66.7"), None,
    ]  # fmt: skip
    shown = figures.published()
    assert shown.change == figures.change
    assert all(kind.change is None for kind in shown.by_kind if kind.resolved is None)
    assert shown.by_kind[1].resolved is None


def test_gaps_in_few_records_are_not_shown() -> None:
    gaps = (GapFigures("Late review", 7, 40), GapFigures("Missed check", 2, 40))
    assert RecordFigures(40, 2, gaps).published().any_gap.interval is None
    records = RecordFigures(40, 9, gaps).published()
    assert [gap.number for gap in records.by_kind] == [7, None]
    assert records.by_kind[1].interval is records.by_kind[1].share is None
    assert records.any_gap.interval is not None


def test_offers_are_compared_and_hidden_together() -> None:
    compared = OffersCompared.of(
        [OfferFigures("A visitor", 100, 80), OfferFigures("The escort", 60, 30)]
    )
    assert compared.is_chance is False
    assert compared.published() == compared
    few = OffersCompared.of([OfferFigures("A visitor", 100, 80), OfferFigures("The escort", 10, 7)])
    assert few.is_chance is True
    hidden = few.published()
    assert [maker.offers for maker in hidden.by_maker] == [None, None]
    assert hidden.is_chance is None
    alone = OffersCompared.of([OfferFigures("A visitor", 9, 9), OfferFigures("The escort", 0, 0)])
    assert alone.likelihood is None
