"""When to visit: laws that make visits unforeseeable, the draw, and what a watcher can know."""
