"""Models behind an address: what is sent, what comes back, at what pace and cost."""
