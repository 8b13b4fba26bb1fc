"""The locked page. It knows the file's name, and nothing from inside."""
