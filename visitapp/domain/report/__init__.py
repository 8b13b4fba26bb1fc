"""A report: the visit, its form, answers and issues, the rules it must keep, who gets copies."""
