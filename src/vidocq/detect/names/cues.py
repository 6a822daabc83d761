"""Words that speak for or against a name beside them, and how much: log-odds. Set by hand on made texts."""

from functools import cache
from typing import Final

from vidocq.detect.names.words import ways

ARTICLE: Final = -2.2
ROLE: Final = 2.4
SAYING: Final = 3.2

_TITLES = (
    "m mr mrs ms mme mlle me dr pr maître maitre monsieur madame mademoiselle messieurs mesdames docteur professeur professeure doctor professor "
    "sieur époux épouse epoux epouse veuf veuve consorts abbé père sœur soeur frère oncle tante papy mamie cousin cousine judge justice sir lady lord "
    "dame uncle aunt senator captain sergeant officer detective inspector cllr councillor auntie grandma grandpa granny papi tata tonton"
)
_ROLES = (
    "témoin témoins salarié salariée prévenu prévenue appelant appelante intimé intimée requérant requérante demandeur demanderesse défendeur "
    "défenderesse avocat avocate notaire huissier greffier greffière président présidente juge expert experte directeur directrice gérant gérante "
    "responsable chef cheffe assistant assistante collègue voisin voisine ami amie mari femme fils fille mère enfant enfants neveu nièce médecin "
    "infirmier infirmière patient patiente client cliente locataire bailleur bailleresse victime conducteur chauffeur ingénieur ingénieure consultant "
    "consultante développeur développeuse chercheur chercheuse économiste journaliste professeur étudiant étudiante ministre maire député députée "
    "sénateur sénatrice écrivain auteur autrice chanteur chanteuse acteur actrice entraîneur entraîneuse libraire certain certaine nommé nommée dénommé "
    "dénommée général colonel commandant comte comtesse duc duchesse baron baronne marquis marquise vicomte vicomtesse procureur procureure substitut "
    "bâtonnier bâtonnière commissaire indivision prénommé prénommée appelé appelée appelle m'appelle s'appelle soussigné soussignée feu défunt "
    "witness defendant plaintiff claimant appellant respondent attorney lawyer counsel director manager president chairman secretary colleague friend "
    "neighbour neighbor husband wife son daughter brother sister mother father uncle aunt nephew niece cousin patient doctor nurse teacher singer actor "
    "actress author writer poet novelist painter guitarist drummer bassist vocalist composer producer director player striker goalkeeper coach captain "
    "named called nicknamed alias née kid boss partner fan référent référente tutrice tuteur interne stagiaire maire adjoint adjointe brigadier "
    "formateur formatrice comptable biologiste trésorier trésorière orthophoniste éditrice éditeur lauréat lauréate maman papa mum mom dad granddaughter "
    "grandson supervisor landlord tenant executor agent driver"
)
_SAYING = (
    "dit disait déclare déclara raconte raconta répond répondit réplique répliqua explique expliqua affirme affirma soutient soutenait estime estimait "
    "confirme précise ajoute ajouta demande demanda murmure murmura souffle s'exclame s'écria pense croit sourit rit pleure hausse habite habitait vit "
    "réside demeure dort dormait épousa naquit mourut "
    "said says told tells asked asks replied replies answered shouted whispered laughed smiled cried lives lived died married explained argued wrote "
    "writes thinks thought believes knew remembers recalled admitted insisted begged sighed nodded shrugged denies denied declined testified stated "
    "alleges alleged conteste nie reconnaît indique assure"
)
_BEFORE: Final = (
    (_TITLES, 4.0),
    (_ROLES, ROLE),
    ("par avec chez et selon pour que qu' contre dont notamment by with and or for than that when if from", 0.5),
    (
        "said says told asked replied dit demanda répondit ajouta murmura expliqua remercie interrogé interrogée rencontré épousé married met named starring featuring",
        2.2,
    ),
    ("signé né née", 1.5),
    (
        "le la les l' un une des au aux cette ce the a an this these those its our their notre votre leur chaque",
        ARTICLE,
    ),
    ("coordonnées projection", -3.0),
    ("à en in at near into across through vers depuis to", -0.9),
)
_AFTER: Final = (
    (_SAYING, SAYING),
    ("qui who whose lui him", 1.0),
    ("began spent grew became went left joined scored played wins won", 1.4),
    ("a est avait était sera fut ont will was is has had would could et and", 0.4),
    ("né née born domicilié domiciliée demeurant épouse époux veuve aged âgé âgée", 3.0),
)


def _table(rows: tuple[tuple[str, float], ...]) -> dict[str, float]:
    return {word: weight for words, weight in reversed(rows) for word in words.split()}


@cache
def before() -> dict[str, float]:
    """Weight of the word just before a run."""
    return _table(_BEFORE)


@cache
def after() -> dict[str, float]:
    """Weight of the word just after a run."""
    return _table(_AFTER)


@cache
def announcing() -> frozenset[str]:
    """Words after which a word that is no known name may be one."""
    return frozenset(word for word, weight in before().items() if weight >= 1.2)


@cache
def telling() -> frozenset[str]:
    """Words before which it may."""
    return frozenset(word for word, weight in after().items() if weight >= 1)


LINKS: Final = frozenset(
    [
        "de",
        "du",
        "des",
        "d",
        "la",
        "le",
        "les",
        "l",
        "of",
        "the",
        "saint",
        "sainte",
        "général",
        "maréchal",
        "président",
        "docteur",
        "professeur",
        "colonel",
        "commandant",
        "comte",
        "comtesse",
        "duc",
        "duchesse",
        "baron",
        "marquis",
        "marquise",
    ]
)
PLACING: Final = frozenset(["à", "en", "in", "at", "near", "from", "to", "vers", "de"])


@cache
def vetoes() -> frozenset[str]:
    """Words after which a name may be that of a street, a place, a thing: what stands before them decides."""
    return ways() | LINKS | PLACING | frozenset(word for word, weight in before().items() if weight == ARTICLE)
