"""Words that lead from one part of a thing to the next, as a sentence tells it: "first", "après quoi vient", "at the end"."""

import re
from itertools import takewhile

from vidocq.filters.views.links import LINK

ORDER = frozenset(
    "abord début debut commencer commence commencent commençons commençant commencez débute débutant démarre premièrement premier première "  # noqa: SIM905
    "premiers premières initialement puis ensuite après apres suivi suivie suivis suivies suit suivent suivant suivante suivants suivantes "
    "enfin finir finit finissant finissons finalement terminer termine terminent terminons terminant fin dernier dernière derniers dernières "
    "conclure conclut clore clôt deuxièmement secondement troisièmement tard derrière ajoutez ajouter continue continuer continuez continuant "
    "complète compléter milieu queue tête lieu first firstly start starts starting begin begins beginning initially then next after "
    "afterwards afterward thereafter ultimately eventually suite précède précèdent precede precedes preceding avant before ferme fermer followed follows following last lastly final finally end ends ending finish finishes finishing conclude "
    "concludes closing close second secondly third thirdly later subsequently append add continues continuing middle rest reste dessus "
    "primero primera luego después despues seguido seguida finalmente último ultimo última zuerst dann danach anschließend gefolgt schließlich "
    "zuletzt zunächst prima poi dopo infine seguito seguita primeiro depois foulée bout rear front back between position ajoute ajoutent".split()
)
"""One of them at least is between the parts."""
_WITH = frozenset(
    "et and à a au aux la le les l d en pour to at the in of off with by par avec de du des ce cette quoi que qu qui which that it this these "  # noqa: SIM905
    "those ça cela c est is are vient viennent venir venant arrive arrivent arrivant come comes coming go goes going we on nous vous you y il "
    "elle ils elles have has get gets got take prend prenez place placez tout toute very all just directly directement immédiatement "
    "immediately right juste also aussi encore again more plus now maintenant there here voici voilà groupe groupes bloc blocs group groups "
    "block blocks morceau morceaux partie parties part parts piece pieces chunk chunks segment segments fragment fragments tranche tranches "
    "série series set sets chiffre chiffres digit digits figure figures caractère caractères one ones two three four five six un une deux "
    "trois quatre cinq second seconde deuxième troisième quatrième cinquième fourth fifth sont marche se s as for pair pairs paire paires "
    "y nd rd th st them sa son its ses be being étant finally lisez read reads dites say said "
    "même again up out finalement only seulement still toujours là alors so bien por el los las del und von mit am e da di il con lo der die das "
    "sept huit neuf dix douze seven eight nine ten twelve dans entrée auquel auxquels auxquelles même mêmes lui itself themselves leads brings "
    "up place rang".split()
)
WORD = re.compile(r"[^\W\d_]+")
_LINK = re.compile(rf"(?:{LINK})")
_LED_BY = re.compile(r"(?:[^\W\d_]{1,14}['’ \u00a0,]{1,2}){1,7}[«“\"'`*(\[: \u00a0]{0,4}\Z")
_LED_TO = re.compile(r"[»”\"'`*)\] \u00a0(]{1,4}(?:[^\W\d_]{1,14}['’ ]?){1,6}")
_AROUND = 64
"""Characters on either side in which words belong to what stands there."""


def leads(word: str) -> bool:
    return word in ORDER or word in _WITH or _LINK.fullmatch(word) is not None


def with_words(text: str, start: int, end: int, names: frozenset[str] = frozenset()) -> tuple[int, int]:
    """Where words of order, or these names of parts, begin before a thing that stands there, and end after it."""
    before, after = _LED_BY.search(text, max(0, start - _AROUND), start), _LED_TO.match(text, end, end + _AROUND)
    if before is not None:
        led = _led(list(WORD.finditer(before[0].lower()))[::-1], names)
        start = before.start() + led[-1].start() if led else start
    if after is not None:
        led = _led(list(WORD.finditer(after[0].lower())), names)
        end = after.start() + led[-1].end() if led else end
    return start, end


def _led(words: list[re.Match[str]], names: frozenset[str]) -> list[re.Match[str]]:
    """Those at the beginning that lead on, if one of them tells an order or a part."""
    led = list(takewhile(lambda word: word[0] in names or leads(word[0]), words))
    return led if any(word[0] in ORDER or word[0] in names for word in led) else []
