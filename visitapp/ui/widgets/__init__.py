"""Widgets that pages share. They know the theme, and no services."""
