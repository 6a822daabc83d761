"""Fills made templates: names from the shipped lists, or invented ones that stand in none; gold spans come with them."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from vidocq.detect.names.words import folded, known_words

MARK = re.compile(r"<(/?)([pab])>")
HOLE = re.compile(r"\{(\w+)\}")
MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WAYS = [
    "rue des Lilas",
    "avenue de la République",
    "boulevard Gambetta",
    "rue Victor Hugo",
    "allée des Tilleuls",
    "chemin du Moulin",
    "place de l'Église",
    "impasse Jean Jaurès",
    "quai de la Fosse",
    "cours Lafayette",
    "route de Paris",
    "rue du Général Leclerc",
    "av. Aristide Briand",
    "bd Pasteur",
    "rue Saint-Pierre",
]
TOWNS = [
    "Lyon",
    "Rennes",
    "Saint-Étienne",
    "Bourg-en-Bresse",
    "Le Mans",
    "Nîmes",
    "Vitry-sur-Seine",
    "Dijon",
    "La Rochelle",
    "Aix-en-Provence",
    "Pontivy",
    "Caen",
]
STREETS = [
    "Maple Street",
    "Oak Avenue",
    "Church Lane",
    "Station Road",
    "Elm Drive",
    "Sunset Blvd",
    "King's Road",
    "Park Place",
    "5th Avenue",
    "Mill Hill Rd",
]
CITIES = ["Springfield", "Portland", "Salem", "Madison", "Leeds", "Bristol", "Oxford", "Dayton"]
STATES = ["OR", "IL", "MA", "WI", "CA", "TX", "NY", "OH"]
ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "cr",
    "dr",
    "gr",
    "tr",
    "pl",
    "bl",
    "ch",
]
VOWELS = ["a", "e", "i", "o", "u", "ou", "ai", "an", "in", "on", "eu"]
CODAS = ["d", "n", "r", "s", "t", "l", "x", "rd", "nt", "lle", "que", "ge", "che", "sse", "ve"]


@dataclass(frozen=True)
class Gold:
    start: int
    end: int
    kind: str
    surname: str = ""


@dataclass(frozen=True)
class Made:
    text: str
    gold: tuple[Gold, ...]


def invented(rng: random.Random) -> str:
    """A surname that stands in no list."""
    while True:
        word = (
            "".join(rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(rng.choice((1, 2, 2))))
            + rng.choice(ONSETS)
            + rng.choice(("a", "e", "i", "o"))
            + rng.choice(CODAS)
        )
        name = word.capitalize()
        if name not in known_words() and folded(name) not in known_words():
            return name


def fill(template: str, *, first: list[str], last: Callable[[random.Random], str], rng: random.Random) -> Made:
    """One text. `first` is drawn from; `last(rng)` gives a surname."""
    held: dict[str, str] = {}
    year = str(rng.randint(1940, 2005))
    month = rng.randrange(12)
    day = rng.randint(1, 28)
    town = rng.choice(TOWNS)
    fixed = {
        "num": str(rng.randint(1, 180)), "way": rng.choice(WAYS), "pc": f"{rng.randint(1, 95):02d}{rng.randrange(0, 999):03d}", "town": town, "TOWN": town.upper(),
        "day": str(day), "month": MONTHS_FR[month], "Month": MONTHS_EN[month], "year": year, "mm": f"{month + 1:02d}", "dd": f"{day:02d}",
        "street": rng.choice(STREETS), "city": rng.choice(CITIES), "state": rng.choice(STATES), "zip": f"{rng.randint(10000, 99000)}", "ukpc": f"LS{rng.randint(1, 9)} {rng.randint(1, 9)}AB",
    }  # fmt: skip

    def value(hole: re.Match[str]) -> str:
        key = hole[1]
        if key in fixed:
            return fixed[key]
        kind, which = key[0], key[1:]
        if kind in "fi":
            name = held.setdefault("f" + which, rng.choice(first))
            return name if kind == "f" else name[0]
        name = held.setdefault("s" + which, last(rng))
        return name.upper() if kind == "S" else name

    filled = HOLE.sub(value, template)
    surnames = {held[k] for k in held if k[0] == "s"}
    text, gold, open_at, done = "", [], {}, 0
    for mark in MARK.finditer(filled):
        text += filled[done : mark.start()]
        done = mark.end()
        if mark[1]:
            start = open_at.pop(mark[2])
            words = text[start:]
            surname = next((s for s in surnames if s in words or s.upper() in words), "")
            gold.append(Gold(start, len(text), {"p": "person", "a": "address", "b": "birth_date"}[mark[2]], surname))
        else:
            open_at[mark[2]] = len(text)
    return Made(text + filled[done:], tuple(gold))
