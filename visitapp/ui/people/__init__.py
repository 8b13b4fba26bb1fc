"""The page People: the register of volunteers."""
