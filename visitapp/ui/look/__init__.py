"""How the window looks: colours, type, icons, styles, and the user's preferences."""
