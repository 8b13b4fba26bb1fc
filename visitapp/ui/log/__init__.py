"""Log a visit: sections in any order, saved at every change, confirmed and locked."""
