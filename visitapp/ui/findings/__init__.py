"""The page Findings: what the answers of reports add up to."""
