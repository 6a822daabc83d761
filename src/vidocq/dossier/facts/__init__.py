"""What is so: system, data sets, persons, models, actors, operations, releases. Every fact may be missing."""

from vidocq.dossier.facts.facts import Facts

__all__ = ["Facts"]
