"""Runs of capitalised words: one pass of a compiled pattern, linear whatever the text (every repeat is bounded or possessive)."""

import re
from typing import Final

UPPER: Final = "".join(
    re.escape(chr(point)) for point in (*range(0x590), *range(0x1E00, 0x1F00)) if chr(point).isupper()
)
PARTICLES: Final = r"(?:d[eiauo]|du|des|del|della|dos|das|la|le|van|von|der|den|ter|zu|el|al|ben|bin|bint|ibn|ould|y)"
INITIALS: Final = rf"\w{{0,4}}+\.(?:-?[{UPPER}]\.){{0,3}}+(?= ?[{UPPER}])"  # `M.`, `J.-P.`, `Prof.`
WORD: Final = rf"\w*+(?:[-'’][{UPPER}]\w*+){{0,5}}+"  # `Jean-Pierre`, `O'Brien`, `DUPONT`
TOKEN: Final = rf"[{UPPER}](?<!\w.)(?:{INITIALS}|{WORD})"
RUN: Final = re.compile(rf"{TOKEN}(?: ?(?<=[ .])(?:{PARTICLES} ){{0,2}}(?:d['’]|[ae]l-)?{TOKEN}){{0,7}}+")
