"""Rows of a report, one detainee or animal each, as tables written by keyboard."""
