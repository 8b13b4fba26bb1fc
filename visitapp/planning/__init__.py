"""When to visit: laws that nobody can foresee, the draw from them, and what a watcher can know."""
