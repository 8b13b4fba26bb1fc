"""visitapp: the records, coverage and yearly report of custody and animal welfare visiting."""

__version__ = "0.1.0"
