"""Issues that visits raised, followed to their end."""
