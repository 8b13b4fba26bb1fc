"""A report as somebody reads it: in lines, in cards, and two versions compared."""
