"""A report: the visit, its form, answers and issues, the rules it is checked by, and its copies."""
