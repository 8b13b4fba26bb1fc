"""The file of records itself: its anchor, backups, and what a check of it found."""
