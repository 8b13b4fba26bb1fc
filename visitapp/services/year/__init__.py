"""A period: its figures, Home, the annual report and a folder with all documents."""
