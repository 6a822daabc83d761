"""Networks of PyTorch: how they are trained, many at once or alone, and how they answer."""
