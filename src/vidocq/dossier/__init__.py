"""The compliance file; for now, its ledger."""
