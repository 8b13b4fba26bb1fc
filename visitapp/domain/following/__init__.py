"""What follows a report: its issues step by step, the briefing, the ledger."""
