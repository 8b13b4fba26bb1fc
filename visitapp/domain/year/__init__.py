"""A period as a whole: coverage, figures, overview, lists and the texts of its report."""
