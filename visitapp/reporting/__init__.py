"""Documents made from figures: content blocks first, then a format. No queries."""
