"""How the window looks: colours, type, icons, styles, and the choices a person made."""
