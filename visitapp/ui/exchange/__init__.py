"""The page Exchange: reports on their way between visitors and the office."""
