"""What the words around a capitalised run say: log-odds that it names a person. Set by hand on made texts."""

import re
from functools import cache, lru_cache
from typing import Final

from vidocq.detect.names.parts import KEPT, Part
from vidocq.detect.names.runs import UPPER
from vidocq.detect.names.words import ways

ARTICLE: Final = -2.2
ROLE: Final = 2.4
SAYING: Final = 3.2
ENOUGH: Final = 2.2  # log-odds from which what comes after is not looked at

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


CLOSING: Final = re.compile(
    r"(?:cordialement|sincèrement|salutations|sentiments|à vous|amitiés|merci|regards|sincerely|faithfully|truly|respectfully|wishes|yours|best|thanks|cheers),?\.?\s*$"
)
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
LABELS: Final = frozenset(
    [
        "titulaire",
        "passager",
        "passagère",
        "adhérent",
        "adhérente",
        "élève",
        "étudiant",
        "étudiante",
        "participant",
        "participants",
        "souscripteur",
        "emprunteur",
        "demandeur",
        "déclarant",
        "conducteur",
        "conductrice",
        "propriétaire",
        "gestionnaire",
        "conseiller",
        "conseillère",
        "interlocutrice",
        "rédacteur",
        "rédactrice",
        "formateur",
        "formatrice",
        "stagiaire",
        "tuteur",
        "tutrice",
        "père",
        "mère",
        "enfant",
        "conjoint",
        "conjointe",
        "praticien",
        "défunt",
        "signataire",
        "mandataire",
        "passenger",
        "insured",
        "driver",
        "holder",
        "cardholder",
        "beneficiary",
        "payee",
        "applicant",
        "nominee",
        "claimant",
        "plaintiff",
        "defendant",
        "student",
        "teacher",
        "manager",
        "agent",
        "supervisor",
        "spouse",
        "guardian",
        "resident",
        "member",
        "owner",
        "borrower",
        "attendees",
        "prescriber",
        "adjuster",
        "executor",
        "nom",
        "prénom",
        "prénoms",
        "noms",
        "client",
        "cliente",
        "contact",
        "salarié",
        "salariée",
        "locataire",
        "bailleur",
        "preneur",
        "signé",
        "signature",
        "gérant",
        "assuré",
        "patient",
        "bénéficiaire",
        "destinataire",
        "expéditeur",
        "interlocuteur",
        "représentant",
        "présents",
        "présent",
        "absents",
        "excusés",
        "excusé",
        "excusée",
        "auteur",
        "témoin",
        "employé",
        "employée",
        "vendeur",
        "acheteur",
        "acquéreur",
        "responsable",
        "name",
        "names",
        "n0m",
        "pren0m",
        "surname",
        "firstname",
        "lastname",
        "client",
        "customer",
        "patient",
        "employee",
        "tenant",
        "landlord",
        "signed",
        "author",
        "attn",
        "attention",
        "recipient",
        "sender",
        "from",
        "to",
        "de",
        "à",
        "cc",
        "copie",
        "witness",
    ]
)
KINDS_OF_NAME: Final = frozenset(["usage", "naissance", "famille", "épouse", "marital", "usuel", "complet"])
_LABEL: Final = (
    r"(?:noms?|pr[ée]noms?|nom (?:d['’]usage|d['’][ée]pouse|de naissance|de famille|de jeune fille|marital|usuel|complet)"
    r"|nom et pr[ée]noms?|(?:first|last|family|given|full|sur)[ _]?names?|name|signatures?|signé)"
)
_UNDER: Final = re.compile(rf"(?<![^\n]){_LABEL} ?:? ?\n\Z", re.IGNORECASE)
_KEYED: Final = re.compile(
    r"[\"'](?:[a-z]{1,16}_)?(?:nom|pr[ée]nom|nom_?(?:usage|naissance|famille)|(?:first|last|family|given|full|sur)_?name)[\"'] ?: ?[\"']\Z",
    re.IGNORECASE,
)
_PAIRED: Final = re.compile(
    rf"\b(?:MM\.|Mmes|Mlles|Messieurs|Mesdames|Messrs\.?) (?:[{UPPER}][\w'’.-]{{0,24}},? ){{1,5}}(?:et|and) \Z"
)
_NOBLE: Final = re.compile(
    r"\b(?:comte|comtesse|duc|duchesse|baron|baronne|marquis|marquise|vicomte|vicomtesse) (?:de |d['’])\Z"
)
PLACING: Final = frozenset(["à", "en", "in", "at", "near", "from", "to", "vers", "de"])


@cache
def vetoes() -> frozenset[str]:
    """Words after which a name may be that of a street, a place, a thing: what stands before them decides."""
    return ways() | LINKS | PLACING | frozenset(word for word, weight in before().items() if weight == ARTICLE)


def announced(text: str, start: int) -> float:
    """Log-odds that something other than the word just before announces a name at `start`; 0 if nothing does.

    A label on the line above, a key of JSON, `MM. Petit et …`, `la comtesse de …`.
    """
    sign = text[start - 1 : start]
    if sign == "\n":
        found = _UNDER.search(text, max(0, start - 40), start)
    elif sign in {'"', "'", "’"}:
        found = _KEYED.search(text, max(0, start - 48), start) or _NOBLE.search(text, max(0, start - 20), start)
    elif text[start - 4 : start] in {" et ", "and "}:
        found = _PAIRED.search(text, max(0, start - 80), start)
    elif text[start - 4 : start] == " de ":
        found = _NOBLE.search(text, max(0, start - 20), start)
    else:
        return 0.0
    return 0.0 if found is None else 3.4 if found.re is _NOBLE else 5.0


def is_way(words: list[str]) -> bool:
    """Does a name that comes after these lower-case words, the last one just before it, belong to a street, a school, a law?"""
    for word in reversed(words[-6:]):
        kind = _way(word)
        if kind is not None:
            return kind
    return False


@lru_cache(maxsize=KEPT)
def _way(word: str) -> bool | None:
    """Does a word name a street, a school, a law? None for one that links it to what comes after."""
    bare = word.strip('«»"“”(.').rpartition("'")[2] or word.rstrip("'")
    if bare in ways():
        return True
    return None if bare.lower() in LINKS else False


_AGENT: Final = frozenset(["par", "by"])
_BEREAVED: Final = frozenset(["the", "my", "his", "her", "our", "their", "your"])  # `the late Jane Roe`
_DONE: Final = re.compile(r"(?:ed|é|ée|és|ées|rit|rite|écrit|fait)\Z")
_JOINING: Final = frozenset(["et", "and", "&"])
_NAMED_AFTER: Final = frozenset(
    "law laws theorem effect syndrome disease test principle paradox rule equation constant razor dilemma bay island park school".split()  # noqa: SIM905
)
_FIRM: Final = re.compile(
    rf"\b(?:SCP|SELARL|SCM|SNC|[Cc]abinet|[Mm]aison|[ÉéEe]tude|[Ss]oci[ée]t[ée]|[Ff]irm) (?:[{UPPER}][\w'’.-]{{1,24}},? ){{1,4}}(?:et|&|and) \Z"
)
_PARTNERS: Final = re.compile(r" & (?:Sons?|Co|Bros|Brothers|Daughters?|Associates|Partners|Fils|Cie)\b")
_ENDS: Final = frozenset('.!?:;\n«“"•|>–—-*#=\t')
_CALLING: Final = frozenset(
    [
        "can",
        "could",
        "please",
        "would",
        "are",
        "do",
        "did",
        "have",
        "thanks",
        "thank",
        "I",
        "I'm",
        "you",
        "your",
        "we",
        "pouvez",
        "pouvez-vous",
        "peux",
        "tu",
        "vous",
        "je",
        "j'ai",
        "nous",
        "merci",
    ]
)
_ROW_SIGNS: Final = frozenset(".)–—-•*|:")
_ROW: Final = re.compile(r"(?:[Nn]° ?)?\d{1,4} ?[.)–—-] ?\Z|[-•*–—|] ?\Z|.{1,40}: \Z")
_CELL_ENDS: Final = re.compile(r" ?[–—|;] |[ \t]*(?:\n|\Z)|\. N|, n")
_ASKED: Final = frozenset(["name?", "surname?", "lastname?", "firstname?"])
_PRONOUNS: Final = frozenset(
    ["he", "she", "his", "her", "him", "himself", "herself", "il", "elle", "son", "sa", "ses", "lui"]
)


def is_hopeless(text: str, part: Part, end: int, *, after: str) -> bool:
    """Is a part no name whatever stands further to the left of the one word it comes after, in letters, and a blank?

    True only where `odds` brings it below zero as well; `announced` has its say first.
    """
    most = part.odds + before().get(after.lower(), 0.0)
    if most >= 0 or after.lower() in _HEARD or after.endswith("and"):
        return False
    return most + _after(text, part, end, at_line_start=False) < -0.001  # sums in another order may differ a little


_HEARD: Final = frozenset(["et", "de", "is", "as"])
"""Words that say more with what stands before them."""


def odds(text: str, part: Part, start: int, end: int) -> float:
    """Log-odds that what stands around [start, end) adds to those of a part of a run."""
    if not part.leads:
        return 0.0 if part.odds >= ENOUGH else _after(text, part, end, at_line_start=False)
    line = text[max(0, start - 48) : start].rpartition("\n")[2]
    left = line.replace("’", "'").lower().split()
    known = announced(text, start)
    if is_way(left) or (left and left[-1] in _JOINING and _FIRM.search(line)):
        return -9.0
    if known:
        total = part.at_head + known
    elif not left:
        total = part.at_head + _signs(text, part, start, end)
    else:
        word = left[-1].strip('«»"“”(.')
        if (
            not part.is_alone
            and text[start - 2 : start - 1] in _ROW_SIGNS
            and _ROW.match(line)
            and _CELL_ENDS.match(text, end)
        ):
            total = max(1.6, part.at_head + _at_head(left))
        elif left[-1][-1] in _ENDS and not (left[-1][-1] == "." and before().get(word, 0.0) > ROLE):
            total = part.at_head + _at_head(left)
        else:
            total = _amid(part, left, word)
    if part.odds + total >= ENOUGH:
        return total
    return total + _after(text, part, end, at_line_start=not left)


def _signs(text: str, part: Part, start: int, end: int) -> float:
    """Does it stand alone on its line, under a closing formula?"""
    alone_on_line = text[end : end + 1] in {"", "\n"}
    closes = alone_on_line and CLOSING.search(text[max(0, start - 40) : start].lower()) is not None
    in_row = not part.is_alone and text[end : end + 3] in {" — ", " – ", " | "}
    return 3.0 * closes + 1.4 * in_row + (0.0 if part.is_alone else 0.2)


def _at_head(left: list[str]) -> float:
    """After a sign that ends something: a label, a question after the name."""
    if left[-1] in _ASKED:
        return 3.0
    if left[-1][-1] == ":" or left[-1] in _ENDS:
        return 5.0 if _is_label(left) else 0.3
    return 0.0


def _amid(part: Part, left: list[str], word: str) -> float:
    """After a word of the same sentence."""
    if word.endswith("'") and word not in {"l'", "qu'"}:
        word = ""
    elif "'" in word:
        word = word.rpartition("'")[2] or word
    total = before().get(word, 0.0)
    if part.is_weak and word in PLACING:
        total -= 1.2
    if word.endswith(",") and before().get(word[:-1], 0.0) == ROLE:  # `le salarié, Tugdual de Kersauson,`
        total += 0.7 if part.is_alone else 1.8
    if word in _AGENT and not part.is_alone and len(left) > 1 and _DONE.search(left[-2]):
        total += 1.0  # `présidée par`, `reviewed by`
    if word == "as" and len(left) > 1 and left[-2] == "identified":
        total += 1.0
    if word == "late" and not part.is_alone and len(left) > 1 and left[-2] in _BEREAVED:
        total += 1.4
    if word == "is" and len(left) > 1 and left[-2] == "name":
        total += 3.0
    return total


def _after(text: str, part: Part, end: int, *, at_line_start: bool) -> float:
    follows = text[end : end + 24]
    sign = follows[:1]
    if sign == " ":
        return _after_space(text, part, end, follows)
    if sign == ",":
        return _after_comma(part, follows[2:].split(), at_line_start=at_line_start)
    if sign in {"'", "’"} and follows[1:2] == "s":
        rest = follows[2:].split()
        if rest and rest[0].rstrip(".,;") in _NAMED_AFTER:
            return -4.0
        return 2.3 if rest and before().get(rest[0].rstrip(".,;"), 0.0) == ROLE else 0.7
    if sign == ":" and at_line_start:
        return 1.2
    if sign == "-":
        return -2.0
    return -1.0 if follows[:3] == "..." else 0.0


def _after_space(text: str, part: Part, end: int, follows: str) -> float:
    """A verb of speech, or one that takes a person most often; more so if a pronoun comes after."""
    if follows[1:2] == "&" and _PARTNERS.match(follows):
        return -6.0
    word = follows[1:].split(" ", 1)[0].rstrip(".,;:)").replace("’", "'")
    weight = after().get(word, 0.0)
    if not weight and len(word) > 3:
        if len(word) > 4 and word.endswith(("ait", "ed")):
            weight = 0.8 if part.is_alone else 1.2
        elif part.is_alone and word.endswith("a"):
            weight = 0.6
    if weight and part.is_alone and not _PRONOUNS.isdisjoint(text[end : end + 120].split()):
        weight += 1.0
    return weight


def _after_comma(part: Part, rest: list[str], *, at_line_start: bool) -> float:
    """An age, a role in apposition, or someone called by name."""
    if not rest:
        return 0.0
    age = rest[0].removesuffix(",")
    if (
        age != rest[0]
        and len(age) == 2
        and age.isdigit()
        and not part.is_alone
        and len(rest) > 1
        and rest[1].islower()
    ):
        return 1.8  # `Jane Roe, 31, of Tulsa`
    if rest[0].isdigit():
        return 2.5 if len(rest) > 1 and rest[1].startswith(("ans", "year")) else 0.0
    if rest[0] in _CALLING and part.leads and part.at_head:
        return 3.2 if at_line_start else 1.0
    weight = before().get(rest[0], 0.0)
    if weight == ROLE:
        return 1.5
    weight = after().get(rest[0].rstrip(","), 0.0)
    return weight if weight < SAYING else 0.0  # `Oui, répondit…`: a saying comes after what was said


def _is_label(left: list[str]) -> bool:
    """Do these words, at the end of which a colon stands, name a field that holds a name?"""
    word = left[-1].rstrip(":") or (left[-2] if len(left) > 1 else "")
    if word.rpartition("'")[2] in KINDS_OF_NAME and not {"nom", "noms"}.isdisjoint(left[-4:]):
        return True
    return word in LABELS


def is_elsewhere(text: str, start: int, *, is_weak: bool) -> bool:
    """Does a word known as a name stand here as something else: after an article, in a street, as a place?"""
    left = text[max(0, start - 40) : start].rsplit("\n", 1)[-1].replace("’", "'").lower().split()
    if not left:
        return False
    word = left[-1]
    if word.endswith("l'") or before().get(word, 0.0) == ARTICLE or is_way(left):
        return True
    return is_weak and word in {"à", "en", "in", "at"}
