"""The same facts and points, read for another text than the GDPR."""
