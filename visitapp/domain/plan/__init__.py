"""Planned visits: when and by whom, availability, and how predictable they are."""
