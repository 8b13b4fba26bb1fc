"""The next manager takes over an office by one file and its code."""
