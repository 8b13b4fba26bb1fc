"""The exchange between the office's copy of the program and its visitors' copies."""
