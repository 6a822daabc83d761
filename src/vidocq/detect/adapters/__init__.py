"""Recognisers of others, used where they are installed and their model lies on this machine; nothing is ever fetched."""
