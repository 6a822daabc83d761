"""Texts that a language model was trained on, and others: what their files hold."""
