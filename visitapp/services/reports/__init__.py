"""Reports: written, signed, found, withdrawn, imported, copied, and their issues."""
