"""A report being written: what was typed, read into a report and written back."""
