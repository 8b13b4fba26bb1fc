"""Questions of a form and their answers, wherever in the report they are asked."""
