"""A whole ledger in one file: written the same for the same ledger, checked offline, taken in without a fork."""
