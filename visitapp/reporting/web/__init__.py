"""Documents as one web page."""
