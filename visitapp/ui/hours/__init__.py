"""The page Hours: the time that volunteers gave, what they claim, and what is approved."""
