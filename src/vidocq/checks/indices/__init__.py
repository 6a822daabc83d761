"""Signs that a model may have memorised persons (sheet 13), computed from what is there. None has a published threshold."""
