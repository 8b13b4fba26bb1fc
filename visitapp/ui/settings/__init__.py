"""What decides figures, and how this copy looks."""
