"""Changes of the report being written: begun, edited, undone and kept."""
