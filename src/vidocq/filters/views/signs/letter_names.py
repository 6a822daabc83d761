"""Names that letters are given when one spells: of pilots, of the police and the post, in English, French and German."""

import unicodedata
from typing import Final

_NAMES = """
alpha alfa anatole andré anton adam albert able ada anna arthur
bravo berthe berta bernard baker boy béatrice bob
charlie célestin cesar cäsar camille charles caesar
delta désiré denise dora david daniel dog
echo eugène emile émile edward emil easy eva
foxtrot françois frank friedrich frederick fox france
golf gaston georges gustav george gertrude
hotel henri henry heinrich harry how hélène
india irma isidore ida isaac item inès isabelle
juliett juliet juliette joseph jules julius john jack jig jean
kilo kléber kaufmann king kevin karl
lima louis ludwig lincoln london love lucien laure
mike marcel martha mary marie michel
november nicolas nordpol nora nancy nan noémie
oscar oscare otto oliver oboe olivier
papa pierre paula peter paul pascal
quebec québec quintal quelle queen quentin
romeo roméo raoul richard robert roger
sierra suzanne samuel siegfried sugar simon sam sophie
tango thérèse theodor thomas tom tare
uniform ursule ulrich union uncle
victor viktor victoria violette
whiskey whisky william wilhelm wagon
x-ray xray xavier xanthippe xantippe
yankee yvonne ypsilon yellow york young yves yoke
zulu zoé zacharias zebra zeppelin zürich
"""


def folded(name: str) -> str:
    """Small letters without accents, as names are looked up by."""
    bare = unicodedata.normalize("NFD", name.casefold().replace("ı", "i"))
    return "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")


LETTERS: Final = {folded(name): folded(name)[0] for name in _NAMES.split()}
"""From each name, folded, to its letter."""
_ORDINARY = frozenset(
    "able andré boy camille can charles denis dog dora easy emile fox france henri henry how item jack jean karl king london love louise "  # noqa: SIM905
    "marie michel nan oliver paul peter pierre queen richard robert sam simon sugar thomas tom union uncle william york young".split()
)
CLEAR: Final = (frozenset(_NAMES.split()) | frozenset(LETTERS)) - _ORDINARY
"""Those by which one tells quickly that letters may be spelt."""
