"""The file of records: created, opened, backed up, rescued, upgraded."""
