"""Planning: when people can visit, plans, simulated years, and who could stand in."""
