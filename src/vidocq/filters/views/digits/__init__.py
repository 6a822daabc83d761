"""Digits said, spelt, counted, put apart or out of their order, as one writes them."""
