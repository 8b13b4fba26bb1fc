"""The page on which people say when they can visit."""
