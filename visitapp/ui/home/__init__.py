"""Home: what is due, what needs somebody, and last year."""
