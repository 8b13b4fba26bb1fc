"""The page Import: spreadsheets are checked, imported, and can be withdrawn."""
