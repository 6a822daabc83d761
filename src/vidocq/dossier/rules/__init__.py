"""Decisions by printed rules: one file each, one line in the catalogue."""
