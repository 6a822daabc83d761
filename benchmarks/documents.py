"""Documents of a kind, written by hand with holes that a program fills with values of nobody: business papers, courts, decoys.

`made/documents/GROUP.txt` holds them, a line `%%` between two; what is personal is marked as in `written.py` and holes
stand in braces. A name with a number (`{first1}`, `{LAST1}`) stays the same throughout a document. They were written before
the rules they measure were read, and parted by a draw, document by document, before anything was measured: rules may
be mended on the errors of the half named `development` alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from pathlib import Path
from random import Random

from made.generator import MONTHS_FR, Made
from made_values import DECOYS, VALUES
from written import unmarked

FOLDER = Path(__file__).resolve().parent / "made" / "documents"
GROUPS = ("fr_business", "fr_court", "fr_decoys", "en_sentences")
HALVES = ("development", "held_out")
SEED, COPIES = 20261129, 5
HOLE = re.compile(r"\{(\w+)\}")
NAMED = re.compile(r"(first|last|LAST|en|enl)(\d)")

NAMES = {
    "first": (
        "Adèle, Alban, Aminata, Anaïs, Antoine, Aurélie, Bernard, Blandine, Bruno, Camille, Cédric, Chantal, Claire, "
        "Daniel, Denise, Edwige, Emmanuel, Fatima, Florent, Françoise, Gaëtan, Gisèle, Hassan, Hervé, Huguette, Inès, "
        "Jean-Marc, Josiane, Kevin, Khadija, Laurent, Lucette, Ludovic, Malika, Marc, Marie-Laure, Mehdi, Monique, "
        "Nadia, Nicolas, Oumar, Pascal, Patricia, Rachid, René, Sandrine, Solène, Thierry, Valérie, Yann"
    ),
    "last": (
        "Abadie, Barbier, Bellanger, Ben Salah, Besnard, Bonnin, Bourdais, Carlier, Chevallier, Coulibaly, Courtin, "
        "Da Costa, Delaunay, Delmas, Desjardins, Diallo, Duprat, Esnault, Fabre-Luce, Fauvel, Ferrand, Gaudin, "
        "Grandjean, Guillou, Haddad, Hamon, Jacquemin, Kerbrat, Lacombe, Le Goff, Lebrun, Lemoigne, Maillard, Marchetti, "
        "Mercadier, Nguyen, Oudinot, Pasquier, Peyronnet, Prigent, Quéméner, Rouvière, Sabatier, Salvetat, Tanguy, "
        "Thévenot, Traoré, Vasseur, Verdier, Ybarra, Zitouni"
    ),
    "en": (
        "Alice, Amir, Beth, Carlos, Dana, Elliot, Fiona, Grace, Harvey, Imani, Joel, Keiko, Liam, Mona, Nigel, Olga, "
        "Priya, Ralph, Susan, Trevor"
    ),
    "enl": (
        "Abbott, Barlow, Chaudhry, Doyle, Espinoza, Fletcher, Griggs, Hargrove, Iyer, Jankowski, Kerr, Lockwood, Mbeki, "
        "Nakamura, O'Hara, Pruitt, Quigley, Ramsey, Stanhope, Tull, Underhill, Varga, Whitlock, Yates"
    ),
}


def in_figures(rng: Random, day: datetime.date) -> str:
    return day.strftime(rng.choice(["%d/%m/%Y", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"]))


def in_words(day: datetime.date) -> str:
    return f"{'1er' if day.day == 1 else day.day} {MONTHS_FR[day.month - 1]} {day.year}"


def between(rng: Random, first: int, last: int) -> datetime.date:
    return datetime.date(rng.randint(first, last), rng.randint(1, 12), rng.randint(1, 28))


DAYS: dict[str, Callable[[Random], str]] = {
    "b": lambda rng: in_figures(rng, between(rng, 1938, 2006)),  # births
    "bl": lambda rng: in_words(between(rng, 1938, 2006)),
    "by": lambda rng: str(rng.randint(1938, 2006)),
    "bus": lambda rng: between(rng, 1938, 2006).strftime("%m/%d/%Y"),
    "iso": lambda rng: between(rng, 1938, 2006).isoformat(),
    "d": lambda rng: in_figures(rng, between(rng, 2015, 2026)),  # days of no birth
    "dl": lambda rng: in_words(between(rng, 2015, 2026)),
    "dus": lambda rng: between(rng, 2015, 2026).strftime("%m/%d/%Y"),
}
NUMBERS: dict[str, Callable[[Random], str]] = {
    "n": lambda rng: str(rng.randint(1, 180)),
    "k": lambda rng: str(rng.randint(1000, 99999)),
}
MAKERS = {**VALUES, **DECOYS, **DAYS, **NUMBERS}


def filled(template: str, rng: Random) -> Made:
    """One document, every hole filled; a name with a number is drawn once, and no two numbers share one."""
    held: dict[str, str] = {}

    def value(hole: re.Match[str]) -> str:
        if not (named := NAMED.fullmatch(hole[1])):
            return MAKERS[hole[1]](rng)
        which, capitals = named[1].lower(), named[1].isupper()
        key = which + named[2]
        if key not in held:
            held[key] = rng.choice([name for name in NAMES[which].split(", ") if name not in held.values()])
        return held[key].upper() if capitals else held[key]

    return unmarked(HOLE.sub(value, template))


def templates(group: str, half: str) -> list[str]:
    """One half of a group's documents, holes open; both halves together are the group."""
    documents = (FOLDER / f"{group}.txt").read_text("utf-8").rstrip("\n").split("\n%%\n")
    Random(f"{SEED} {group}").shuffle(documents)  # noqa: S311
    return documents[HALVES.index(half) :: 2]


def documents_of(group: str, half: str) -> list[Made]:
    rng = Random(f"{SEED} {group} {half} values")  # noqa: S311
    return [filled(document, rng) for document in templates(group, half) for _ in range(COPIES)]
