"""Reports: drafts, signed visits, withdrawals, imports, copies and issues."""
