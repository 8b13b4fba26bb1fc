"""Text copied from a spreadsheet: tabs between cells, a line for each row."""


def cells_of(text: str) -> list[list[str]]:
    """The rows of a copied block, each with its cells, stripped. A line end at the very end starts
    no row. No-break spaces count as spaces; zero-width characters are dropped."""
    plain = (
        text.replace("\r\n", "\n").replace("\r", "\n").replace("\u200b", "").replace("\ufeff", "")
    )
    rows = plain.removesuffix("\n").split("\n")
    return [[" ".join(cell.split()) for cell in row.split("\t")] for row in rows]


def is_block(text: str) -> bool:
    """Whether the text is more than one cell."""
    rows = cells_of(text)
    return len(rows) > 1 or len(rows[0]) > 1


def number_in(cell: str, most: int) -> int | None:
    """A whole number up to `most` as a spreadsheet writes it (`12`, `1,234`, `12.0`); None for
    anything else."""
    digits = cell.replace(",", "").removesuffix(".0").removesuffix(".00")
    if not digits.isascii() or not digits.isdecimal() or int(digits[:9]) > most or len(digits) > 9:
        return None
    return int(digits)
