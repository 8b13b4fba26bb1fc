"""The page on which visits are planned."""
