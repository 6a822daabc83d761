"""Two finished audits held side by side."""
