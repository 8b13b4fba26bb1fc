"""The page on which people enter when they can visit."""
