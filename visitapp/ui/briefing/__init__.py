"""The page Briefing: what to look at before a visit to a site."""
