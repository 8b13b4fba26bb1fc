"""Planned visits: moments, pairs, availability, and how well they could be foreseen."""
