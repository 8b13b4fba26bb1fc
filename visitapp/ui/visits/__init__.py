"""Visits: find one, read it, withdraw or amend it, decide whether two are the same."""
