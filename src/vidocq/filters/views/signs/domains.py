"""Last labels of domains at which an address is taken to end."""

from typing import Final

ENDS: Final = frozenset(
    "fr com org net eu be ch lu de uk es it info io gouv edu nl pt ca re nc pro biz me co us tech dev app online paris "  # noqa: SIM905
    "bzh test invalid example".split()
)
ANY = "|".join(sorted(ENDS, key=lambda end: (-len(end), end)))
"""Within a pattern: of two that begin alike, the longer one first."""
