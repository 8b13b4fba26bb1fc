"""The file of records itself: its state in a line, backups, what a look at it found."""
