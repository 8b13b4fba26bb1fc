"""The first start: three questions, and a recovery sheet to print."""
