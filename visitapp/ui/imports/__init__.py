"""Bringing past visits from spreadsheets: looked at first, brought in, withdrawn."""
