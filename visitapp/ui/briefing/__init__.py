"""What to look at before a visit to a site."""
