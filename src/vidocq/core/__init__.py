"""Words that every room shares: frozen types, protocols, errors. Nothing heavier than numpy."""
