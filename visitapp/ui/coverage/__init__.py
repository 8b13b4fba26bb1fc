"""Which days and times each site was visited."""
