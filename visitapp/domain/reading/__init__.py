"""A report as somebody reads it: as lines, as cards, and compared with another version."""
