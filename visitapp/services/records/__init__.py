"""The file of records: made, opened, backed up, rescued, brought up to date."""
