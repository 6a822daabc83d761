"""Ciphers and puzzles for digits, undone where the text says how they are made, or where a checksum tells."""
