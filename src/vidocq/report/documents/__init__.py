"""Documents of the file, each a tree of blocks in both languages, rendered as pages."""
