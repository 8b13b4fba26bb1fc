"""The only place that knows SQL: domain objects in, domain objects and counts out."""
