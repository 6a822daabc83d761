"""A text read in other ways than as it stands, with the way back to where each character came from."""
