"""When to visit: laws that make visits unpredictable, the draw, and what a watcher can know."""
