"""Documents and figures, in French and English."""
