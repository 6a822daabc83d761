"""Thin: arguments in, one call, one print, an exit code."""
