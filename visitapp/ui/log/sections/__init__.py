"""The sections of the form, one module each, and what they share."""
