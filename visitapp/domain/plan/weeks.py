"""Lengths that planning counts in."""

WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
"""Of a year of planning. A suite is visited at least once a week, kennels once a month."""

WEEKS_A_PLAN = 13
"""A quarter: so long is a plan unless somebody asks for another length, and a longer one is
given its pairs quarter by quarter."""
