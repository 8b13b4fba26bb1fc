"""The page Home: what is due, what needs attention, and last year's figures."""
