"""The page Plan: visits of the coming weeks, and who makes them."""
