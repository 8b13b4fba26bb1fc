"""The window around the pages: navigation, menus, status line, lock, and dialogs of its own."""
