"""The register of article 30: entries built from the facts, with what is left to complete said as such."""

from vidocq.dossier.register.build import build_register
from vidocq.dossier.register.entry import Register

__all__ = ["Register", "build_register"]
