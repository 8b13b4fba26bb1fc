"""Planning: when people can visit, plans, simulated years, and substitutes."""
