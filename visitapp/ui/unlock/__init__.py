"""The locked page. It knows the name of the file, but nothing in it."""
