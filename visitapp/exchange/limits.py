"""How much a file of past visits may hold. A file over a bound is refused with a sentence while it
is being read, before it costs time or memory.

A scheme makes about a hundred visits a year; the bounds leave room for decades of a large office,
and stop files that were made by mistake or to do harm.
"""

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes. A hundred thousand visits with long summaries are about 40 MB."""

MOST_ROWS = {"visits": 100_000, "detainees": 500_000, "issues": 500_000}
"""Rows with something in them, for one import."""

LAST_ROW = 1_048_576
"""Rows that a sheet can have in any spreadsheet program, blank ones included."""

MOST_COLUMNS = 16_384
"""Columns that a sheet can have in any spreadsheet program: the last is XFD."""

MOST_CELLS = 5_000_000
"""Cells of one sheet, blank ones with a colour included: the rows above can fill 3,500,000."""

LONGEST_TEXT = 1_000_000
"""Letters in one cell. Spreadsheet programs stop at 32,767."""

LONGEST_LINE = 4 * LONGEST_TEXT
"""Letters of a CSV file up to the next end of a line."""

MOST_SHEETS = 1_000
MOST_STRINGS = 2_000_000
"""Texts that a workbook's sheets share: each text of the rows above stands there once."""

MOST_PROBLEMS = 200_000
"""Problems that are listed. More of them mean that the file is another one, or saved wrongly."""

LARGEST_UNPACKED = 512 * 1024 * 1024
"""Bytes of all parts of a workbook together."""

LARGEST_SMALL_PART = 16 * 1024 * 1024
"""Bytes of a workbook's list of sheets, or of its formats."""

LARGEST_TABLE_OF_PARTS = 1024 * 1024
"""Bytes of the table at the end of a workbook, about 10,000 parts. Programs write some tens."""

USUAL_PACKING = 100
"""Spreadsheets shrink to a tenth or a thirtieth when packed. A part that is large and shrank
more than this is no spreadsheet."""

LARGE_PART = 16 * 1024 * 1024
"""Bytes from which on the packing of a part is looked at."""

DEEPEST = 32
"""Elements inside each other. A cell's text is at the eighth level."""

LONGEST_TAG = 1024 * 1024
"""Bytes of one tag or comment."""

HEADINGS_WITHIN, HEADINGS_AMONG = 20, 500
"""Rows, and cells of each, in which the headings are looked for: some sheets begin with a
title."""
