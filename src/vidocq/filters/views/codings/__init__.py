"""Codings and ciphers undone, and what small programs would print."""
