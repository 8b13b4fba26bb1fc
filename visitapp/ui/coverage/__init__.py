"""The page Coverage: which days and times each site was visited."""
