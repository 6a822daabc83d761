"""Texts of data files, one reader a file: streamed, bounded in memory, and told where something could not be read."""
