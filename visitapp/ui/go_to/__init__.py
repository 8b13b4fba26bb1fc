"""Go to anything (Ctrl+K)."""
