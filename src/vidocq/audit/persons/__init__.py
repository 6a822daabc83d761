"""What the audit says of single persons and of groups of them; no part of the verdict but the panel."""
