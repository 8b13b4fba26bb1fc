"""Ctrl+K: go to anything."""
