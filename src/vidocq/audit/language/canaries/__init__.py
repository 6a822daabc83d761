"""Canaries for language models: drawn before training, put in, checked, and looked for afterwards."""
