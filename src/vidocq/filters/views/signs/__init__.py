"""Addresses whose signs are said, drawn or put otherwise, as one writes them."""
