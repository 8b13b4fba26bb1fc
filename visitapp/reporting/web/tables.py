"""Tables of a web page, with headers that say what they are headers of."""

from visitapp.reporting.blocks import Column, Table
from visitapp.reporting.web.markup import Markup, element, on_lines

_WIDE = 5
"""Tables with more columns may scroll sideways on a small screen, so keys must reach them."""


def table_markup(table: Table) -> Markup:
    """The table under its caption."""
    key = f"table-{table.number}"
    caption = element("caption", f"Table {table.number}. {table.caption}", id=key)
    heads = (_head(column, at, table) for at, column in enumerate(table.columns))
    rows = [_row(row, table, at) for at, row in enumerate(table.rows)]
    if table.total:
        rows.append(_row(table.total, table, None))
    content = on_lines(
        caption,
        element("thead", element("tr", *heads)),
        element("tbody", on_lines(*rows)),
    )
    kind = "grid" if table.tints else ""
    if len(table.columns) <= _WIDE:
        return element("div", element("table", content, class_=kind), class_="table")
    return element(
        "div",
        element("table", content, class_=kind),
        class_="table",
        role="region",
        aria_labelledby=key,
        tabindex=0,
    )


def _head(column: Column, at: int, table: Table) -> Markup:
    align = "center" if at and table.tints else column.align
    if not column.head:
        return element("td")
    return element("th", column.head, scope="col", class_=_class(align))


def _row(row: tuple[str, ...], table: Table, index: int | None) -> Markup:
    """`index` is None for the total, whose cells have no colour."""
    tints = table.tints[index] if table.tints and index is not None else ()
    cells = []
    for at, (words, column) in enumerate(zip(row, table.columns, strict=True)):
        align = "center" if at and table.tints else column.align
        tint = tints[at - 1] if at and at - 1 < len(tints) else None
        step = "" if tint is None else f"step{tint}"
        kind = " ".join(filter(None, (_class(align), step)))
        if at == 0 and words:
            cells.append(element("th", words, scope="row", class_=kind))
        else:
            cells.append(element("td", words, class_=kind))
    is_bold = index is None or index in table.subheads
    return element("tr", *cells, class_="total" if is_bold else "")


def _class(align: str) -> str:
    return "" if align == "right" else align
