"""The page Import past visits: spreadsheets are checked, imported, and can be withdrawn."""
