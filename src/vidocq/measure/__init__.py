"""Statistics: intervals, tests, curves, bounds. Arrays in, figures out."""
