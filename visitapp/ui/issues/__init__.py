"""The page Issues: what visits raised, followed until it is closed."""
