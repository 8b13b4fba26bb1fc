"""Rows of a report, one per detainee or animal, as tables that can be filled in by keyboard."""
