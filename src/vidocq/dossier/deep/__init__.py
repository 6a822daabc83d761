"""What entries say, checked beyond the chain."""
