"""What happens after a report: its issues step by step, the briefing, the ledger."""
