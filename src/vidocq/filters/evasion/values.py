"""Identifiers that belong to nobody, made for trials: right in form and checksum."""

import itertools
from collections.abc import Callable
from random import Random

from vidocq.core.spans import Category

_FIRST = [
    "amelie",
    "bastien",
    "chloe",
    "damien",
    "elodie",
    "fabrice",
    "helene",
    "ingrid",
    "jerome",
    "karim",
    "lea",
    "noemie",
    "oceane",
    "quentin",
]
_LAST = [
    "ablonczy",
    "berthelin",
    "cassagnol",
    "delmarre",
    "escoubes",
    "fontvielle",
    "hautecoin",
    "jolibois",
    "kermarec",
    "mornay",
]
_HOSTS = ["exemple.fr", "courriel-exemple.com", "societe-exemple.org", "universite-exemple.fr", "mail.example.net"]


def email(rng: Random) -> str:
    sign = rng.choice([".", "-", "_", ""])
    return f"{rng.choice(_FIRST)}{sign}{rng.choice(_LAST)}{rng.choice(['', str(rng.randint(1, 99))])}@{rng.choice(_HOSTS)}"


def phone(rng: Random) -> str:
    pairs = [f"{rng.randint(0, 99):02d}" for _ in range(4)]
    head = rng.choice("12345679")
    if rng.random() < 0.3:
        return f"+33 {head} " + " ".join(pairs)
    return rng.choice([" ", ".", "-", ""]).join([f"0{head}", *pairs])


def nir(rng: Random) -> str:
    body = (
        f"{rng.choice('12')}{rng.randint(30, 99):02d}{rng.randint(1, 12):02d}{rng.randint(1, 95):02d}"
        f"{rng.randint(1, 900):03d}{rng.randint(1, 999):03d}"
    )
    if body[5:7] == "20":
        body = body[:5] + "21" + body[7:]
    whole = f"{body}{97 - int(body) % 97:02d}"
    if rng.random() < 0.5:
        return whole
    cuts = (0, 1, 3, 5, 7, 10, 13, 15)
    return " ".join(whole[a:b] for a, b in itertools.pairwise(cuts))


def iban(rng: Random) -> str:
    bank, branch, account = rng.randint(10000, 30999), rng.randint(0, 99999), rng.randint(0, 10**11 - 1)
    key = 97 - (89 * bank + 15 * branch + 3 * account) % 97
    bban = f"{bank:05d}{branch:05d}{account:011d}{key:02d}"
    check = 98 - int(f"{bban}152700") % 97
    whole = f"FR{check:02d}{bban}"
    return whole if rng.random() < 0.4 else " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))


def card(rng: Random) -> str:
    body = rng.choice(["4970", "4973", "5131", "5355", "4539"]) + "".join(rng.choices("0123456789", k=11))
    whole = body + luhn(body)
    return whole if rng.random() < 0.3 else " ".join(whole[at : at + 4] for at in range(0, 16, 4))


def siret(rng: Random) -> str:
    siren = "".join(rng.choices("123456789", k=1)) + "".join(rng.choices("0123456789", k=7))
    siren += luhn(siren)
    body = f"{siren}{rng.randint(1, 99):04d}"
    return body + luhn(body)


def luhn(body: str) -> str:
    """The digit that makes the sum of Luhn's algorithm (ISO/IEC 7812-1) a multiple of ten."""
    doubled = [int(c) * (1 + (place % 2 == 0)) for place, c in enumerate(reversed(body))]
    return str(-sum(value - 9 * (value > 9) for value in doubled) % 10)


MADE: dict[Category, Callable[[Random], str]] = {
    Category.EMAIL: email,
    Category.PHONE: phone,
    Category.NIR: nir,
    Category.IBAN: iban,
    Category.CARD: card,
    Category.SIRET: siret,
}
