"""A period as a whole: coverage, figures, Home's overview, lists and the texts of its report."""
