"""Adapters to models and data."""
