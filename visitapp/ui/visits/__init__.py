"""Visits: find one, read it, withdraw or replace it, decide whether two are the same."""
