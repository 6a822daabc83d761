"""Filters around a model: what they look for in prompts and answers, one a file."""
