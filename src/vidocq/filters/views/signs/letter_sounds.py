"""Words that letters are called by when one spells them: "effe", "double-vé", "aitch"; French, English, some German and Spanish."""

from typing import Final

_SOUNDS = """
a ay eh
b bé be bee bi
c cé ce cee see
d dé de dee
e eu ee
f effe èffe ef èf eff efe
g gé ge gee djé
h hache ache aitch haitch acca
i eye
j ji jay gi jota jot
k ka kay cappa
l elle èle èl el ell ele
m emme ème èm em eme
n enne ène èn en ene
o oh
p pé pe pee
q ku qu cu cue kyou queue
r erre ère èr er ar arr are
s esse èsse ès es ess
t té te tee
u you yu
v vé ve vee uve vau
w doublevé doublevee we
x ixe ix iks ex equis
y igrec igreque wye why ypsilon
z zède zèd zede zed zee zet zeta
"""
SOUNDS: Final = {word: line.split()[0] for line in _SOUNDS.strip().splitlines() for word in line.split()}
"""From each to its letter."""
_ORDINARY = frozenset(
    "a eh be bi see ce de ee i eye e el en es er are ex you why we te ve qu queue elle ache hache o oh ge pe cu are ell ar em yu ix eu cue "  # noqa: SIM905
    "ère jot gi ess té".split()
)
"""Those that are words, or parts of words, of other sentences."""
CLEAR: Final = frozenset(word for word in SOUNDS if len(word) > 1) - _ORDINARY
"""Those by which one tells quickly that letters may be called so."""
