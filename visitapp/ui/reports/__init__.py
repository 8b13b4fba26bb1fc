"""The annual report: its pages, its texts, and what to know before it is published."""
