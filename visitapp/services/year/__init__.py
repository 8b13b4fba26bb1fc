"""A period: its figures, Home, the annual report and the folder of a year."""
