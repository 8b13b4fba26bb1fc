"""What visitors wrote about each detainee: requests, gaps in custody records, who offered the
visit."""

from collections.abc import Iterator, Sequence

from visitapp.domain.figures import Share, single_share
from visitapp.domain.office.scheme import Kind
from visitapp.domain.text.wording import capitalised, count_text, none_or, number_of
from visitapp.domain.year.custody_answers import (
    CustodyAnswers,
    GapFigures,
    OffersCompared,
    RecordFigures,
    RequestFigures,
    RequestPart,
)
from visitapp.domain.year.small_numbers import SMALL
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    Column,
    Heading,
    KeyFigure,
    Opener,
    Paragraph,
    Section,
    Table,
    text,
)

ASKED_FOR = "Requests and records"
_NOT_SHOWN = "not shown"


def asked_for_section(author: Author) -> Section | None:
    """None if no report of the period says anything of them."""
    answers = author.summary.custody
    if answers is None or author.scheme(Kind.CUSTODY) is None or not answers.is_known:
        return None
    shown = answers.published()
    blocks: list[Block] = [*author.strip(), Opener(tuple(_rail(shown)), (_lead(author),))]
    blocks += _requests(author, shown)
    blocks += _records(author, shown.records)
    blocks += _offers(author, shown.offers)
    if not shown.is_whole:
        words = (
            f"Numbers of fewer than {SMALL} people are not shown, and neither are those from which "
            "they could be worked out."
        )
        blocks.append(Paragraph(text(words), "note"))
    return Section("asked_for", ASKED_FOR, tuple(blocks))


def _lead(author: Author) -> Paragraph:
    sentence = (
        "Detainees say what they need, and visitors ask the staff to put it right during the "
        "visit. If the detainee agrees, visitors also check the custody record."
    )
    return Paragraph(text(author.say("lead.asked_for", ASKED_FOR, sentence)), "lead")


def _rail(answers: CustodyAnswers) -> Iterator[KeyFigure]:
    requests, records = answers.requests, answers.records
    if requests.raised:
        share = requests.share.text
        yield KeyFigure(share, f"of {number_of(requests.raised, 'request')} put right at the visit")
    if records.any_gap.share is not None and records.checked:
        share = records.any_gap.share.text
        yield KeyFigure(share, f"of {number_of(records.checked, 'record')} checked had a gap")


def _text(share: Share | None) -> str:
    return _NOT_SHOWN if share is None else share.text


def _number(value: int | None) -> str:
    return _NOT_SHOWN if value is None else count_text(value)


# -- requests ------------------------------------------------------------------------------


def _requests(author: Author, answers: CustodyAnswers) -> Iterator[Block]:
    figures = answers.requests
    if not figures.raised:
        return
    yield Heading("Requests", wide=True)
    sentence = (
        f"Detainees raised {number_of(figures.raised, 'request')}, of which visitors had "
        f"{count_text(figures.resolved)} put right during the visit ({figures.share.text})."
        f"{_change(author, figures)}"
    )
    yield Paragraph(text(author.say("requests", "Requests", sentence)))
    if _any_shown(figures.by_kind):
        rows = [_line(kind.label, kind) for kind in figures.by_kind]
        whole = _line("All", figures)
        yield _table(author, "Requests by kind", "What was asked for", rows, whole)
    custody = author.scheme(Kind.CUSTODY)
    sites = [site for site in custody.sites if site.is_counted] if custody else []
    of_sites = [answers.by_site.get(site.site_id, RequestPart()) for site in sites]
    if len(sites) > 1 and _any_shown(of_sites):
        rows = [_line(site.name, part) for site, part in zip(sites, of_sites, strict=True)]
        yield _table(author, "Requests by site", "Site", rows, _line("All sites", figures))


def _any_shown(parts: Sequence[RequestPart]) -> bool:
    """Whether a table of them says more than that the numbers are too small to be shown."""
    return any(part.share is not None for part in parts)


def _change(author: Author, figures: RequestFigures) -> str:
    """The share put right in the period before, and what the difference means."""
    change = figures.change
    if change is None:
        return ""
    earlier = single_share(change.earlier_part, change.earlier_whole).text
    requests = number_of(change.earlier_whole, "request")
    when = capitalised(author.in_year_before)
    before = f" {when} they raised {requests}, and {earlier} of these were put right"
    if change.points == 0:
        return f"{before} too."
    if change.is_chance:
        return f"{before}; the difference may be chance (exact test, mid-p)."
    return (
        f"{before}; the difference is more than chance would usually explain (exact test, mid-p)."
    )


def _line(name: str, figures: RequestFigures | RequestPart) -> tuple[str, ...]:
    return (name, _number(figures.raised), _number(figures.resolved), _text(figures.share))


def _table(
    author: Author,
    caption: str,
    head: str,
    rows: Sequence[tuple[str, ...]],
    total: tuple[str, ...],
) -> Table:
    columns = (
        Column(head, "left", 2.6),
        Column("Raised"),
        Column("Put right"),
        Column("Share put right"),
    )
    return Table(author.number(), caption, columns, tuple(rows), total)


# -- records -------------------------------------------------------------------------------


def _records(author: Author, figures: RecordFigures) -> Iterator[Block]:
    if not figures.checked:
        return
    yield Heading("Custody records", wide=True)
    whole = figures.any_gap
    yield Paragraph(text(author.say("records", "Custody records", _reliability(whole))))
    yield Table(
        author.number(),
        "Gaps in the custody records checked; a record can have several",
        (
            Column("Gap", "left", 2.6),
            Column("Records"),
            Column("Share of those checked"),
            Column("95% interval", "right", 1.4),
        ),
        tuple(map(_gap, figures.by_kind)),
        _gap(whole),
    )


def _reliability(whole: GapFigures) -> str:
    checked = f"Visitors checked {number_of(whole.checked, 'custody record')}"
    if whole.number is None or whole.share is None or whole.interval is None:
        return f"{checked}; fewer than {SMALL} had a gap."
    return (
        f"{checked}; {none_or(whole.number)} had a gap ({whole.share.text}). They saw some of all "
        f"records: if these are like the others, the share of all is most likely from "
        f"{whole.interval.text} (95% interval, Wilson)."
    )


def _gap(gap: GapFigures) -> tuple[str, ...]:
    interval = _NOT_SHOWN if gap.interval is None else gap.interval.text
    return (gap.label, _number(gap.number), _text(gap.share), interval)


# -- offers --------------------------------------------------------------------------------


def _offers(author: Author, compared: OffersCompared) -> Iterator[Block]:
    if compared.likelihood is None:
        return
    yield Heading("Who offered the visit", wide=True)
    yield Paragraph(text(author.say("offers", "Who offered the visit", _compared(compared))))
    yield Table(
        author.number(),
        "Offers of a visit by who made them",
        (
            Column("Offered by", "left", 2.6),
            Column("Offers"),
            Column("Accepted"),
            Column("Share accepted"),
        ),
        tuple(
            (maker.label, _number(maker.offers), _number(maker.accepted), _text(maker.share))
            for maker in compared.by_maker
        ),
    )


def _compared(compared: OffersCompared) -> str:
    opening = f"Reports say who made {number_of(compared.offers, 'offer')} of a visit."
    if compared.is_chance:
        difference = "The difference in acceptance may be chance"
    else:
        difference = "The difference in acceptance is more than chance would usually explain"
    return (
        f"{opening} {difference} (exact test, mid-p). Only detainees with a row of their own are "
        "counted."
    )
