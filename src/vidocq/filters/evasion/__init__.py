"""Disguises under which a model, or whoever asks it, may slip a value past a filter: the suite that `guard test` runs."""
