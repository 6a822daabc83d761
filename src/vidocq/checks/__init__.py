"""Checks: each measures, then judges."""
