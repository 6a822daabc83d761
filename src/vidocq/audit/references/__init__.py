"""Reference models: trained, asked, kept, and held against the target."""
