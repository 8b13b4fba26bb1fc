"""Bringing a backup back."""
