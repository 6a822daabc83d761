"""Searches data files for personal data: plans the parts, searches them in any number of workers, puts them together."""
