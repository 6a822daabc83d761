"""Causal language models from a local folder: read, made to write, and fine-tuned."""
