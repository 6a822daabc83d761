"""Made texts with persons, addresses and birth dates, and decoys."""
