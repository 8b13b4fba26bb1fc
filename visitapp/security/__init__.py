"""Keys: who can open a file of records, and who has it open. No Qt, no SQL."""
