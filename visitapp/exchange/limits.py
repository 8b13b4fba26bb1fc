"""Limits for a file of past visits. A file that exceeds one is refused, with a sentence, while it
is being read, before it costs time or memory.

A scheme makes about a hundred visits a year. The limits leave room for decades of a large office,
and stop files made by mistake or to do harm.
"""

LARGEST_FILE = 64 * 1024 * 1024
"""In bytes. A hundred thousand visits with long summaries are about 40 MB."""

MOST_ROWS = {
    "visits": 100_000, "detainees": 500_000, "issues": 500_000, "people": 1_000,
    "availability": 20_000,
}  # fmt: skip
"""Rows that aren't blank, in one import."""

LAST_ROW = 1_048_576
"""The most rows of a sheet in any spreadsheet program, including blank ones."""

MOST_COLUMNS = 16_384
"""The most columns of a sheet in any spreadsheet program: the last is XFD."""

MOST_CELLS = 5_000_000
"""Cells of one sheet, or of all that are matched, including blank cells with a colour: the rows
above can fill 3,500,000."""

LONGEST_TEXT = 1_000_000
"""Characters in one cell. Spreadsheet programs stop at 32,767."""

LONGEST_LINE = 4 * LONGEST_TEXT
"""Characters of a CSV file up to the next line end."""

MOST_SHEETS = 1_000
MOST_STRINGS = 2_000_000
"""Texts shared by a workbook's sheets: each text in the rows above is stored there once."""

MOST_PROBLEMS = 200_000
"""Problems that are listed. If there are more, it is the wrong file, or was saved in the wrong
format."""

LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes of all parts of a workbook together, unpacked."""

LARGEST_SMALL_PART = 16 * 1024 * 1024
"""Bytes of a workbook's list of sheets, or of its formats."""

LARGEST_TABLE_OF_PARTS = 1024 * 1024
"""Bytes of the table at the end of a workbook, about 10,000 parts. Programs write a few dozen."""

USUAL_PACKING = 100
"""Packing shrinks spreadsheets to a tenth or a thirtieth. A large part that shrank more than this
isn't a spreadsheet's."""

LARGE_PART = 16 * 1024 * 1024
"""In bytes: the packing of larger parts is checked."""

DEEPEST = 32
"""Elements within each other. A cell's text is at the eighth level."""

LONGEST_TAG = 1024 * 1024
"""Bytes of one tag or comment."""

HEADINGS_WITHIN, HEADINGS_AMONG = 20, 500
"""Rows, and cells in each, that are searched for headings: some sheets begin with a title."""
