"""Reports of a file that was begun without an invitation, brought into a copy that has joined."""
