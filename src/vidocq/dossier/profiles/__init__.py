"""Who must hold what: places in the value chain, and sectors."""
