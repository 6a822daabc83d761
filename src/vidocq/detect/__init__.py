"""Finds personal data in text: what detectors are, the detectors, and one pass over a text with all of them."""
