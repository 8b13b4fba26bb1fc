"""The only package that knows SQL. It takes domain objects and returns domain objects and
counts."""
