"""Pages and blocks that follow from the code and from stored results."""
