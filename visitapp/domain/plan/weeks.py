"""Lengths of time that planning works with."""

WEEKS_A_YEAR, MONTHS_A_YEAR = 52, 12
"""Weeks and months in a year of planning. A suite is visited at least once a week, kennels once a
month."""

WEEKS_A_PLAN = 13
"""A quarter. A plan is this long unless somebody chooses another length; pairs of a longer plan are
found quarter by quarter."""
