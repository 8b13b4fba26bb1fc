"""The page Settings: what decides figures, and how this copy looks."""
