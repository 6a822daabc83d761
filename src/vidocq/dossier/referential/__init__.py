"""The points of verification: what they ask, when they apply, who can tell."""
