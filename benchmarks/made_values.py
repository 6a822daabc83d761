"""Identifying numbers that belong to nobody, right and wrong ones, in the spellings people give them.

Keys are computed here from the texts that define them, not by the detectors they test. Every maker takes a
`random.Random` and returns text.
"""

from __future__ import annotations

import string
from collections.abc import Callable
from random import Random

FIRST = "Amélie Bastien Chloé Damien Élodie Fabrice Gwenaël Hélène Ingrid Jérôme Karim Léa Maëlle Noémie Océane Quentin Raphaël".split()  # noqa: SIM905
LAST = "Ablonczy Berthelin Cassagnol Delmarre Escoubès Fontvielle Guérandel Hautecoin Jolibois Kermarec Lantignac Mornay".split()  # noqa: SIM905
FIRST_EN = "Abigail Barnaby Clara Desmond Edith Fergus Gemma Hugo Imogen Jasper Kitty Lionel".split()  # noqa: SIM905
LAST_EN = "Ashdown Blakeway Carnforth Denholme Eastleigh Farrowby Goodrick Haverstock Inglewood Kestrel".split()  # noqa: SIM905
SIV = "ABCDEFGHJKLMNPQRSTVWXYZ"
PLAIN = str.maketrans("éèëêàâîïôûçÉœ", "eeeeaaiioucEe"[:13])


def digits(rng: Random, n: int) -> str:
    return "".join(rng.choices(string.digits, k=n))


def grouped(number: str, sizes: tuple[int, ...], sep: str) -> str:
    parts, at = [], 0
    for size in sizes:
        parts.append(number[at : at + size])
        at += size
    return sep.join(parts)


def one_digit_away(rng: Random, value: str) -> str:
    """The same with one digit changed, never the first."""
    places = [i for i, c in enumerate(value) if c.isdigit()][1:]
    at = rng.choice(places)
    return value[:at] + rng.choice([d for d in string.digits if d != value[at]]) + value[at + 1 :]


def luhn_digit(body: str) -> str:
    total = 0
    for place, c in enumerate(reversed(body)):
        v = int(c) * (2 if place % 2 == 0 else 1)
        total += v - 9 if v > 9 else v
    return str(-total % 10)


def nir(rng: Random) -> str:
    month = rng.choice([rng.randint(1, 12)] * 12 + [rng.randint(31, 42), rng.randint(50, 99), 20])
    county = rng.choice([f"{rng.randint(1, 19):02d}", f"{rng.randint(21, 95):02d}", "2A", "2B", "99", "97"])
    body = f"{rng.choice('12')}{rng.randint(0, 99):02d}{month:02d}{county}{rng.randint(1, 900):03d}{rng.randint(1, 999):03d}"
    key = 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97
    written = f"{body}{key:02d}"
    special = month > 12
    shape = rng.choice(["spaced", "spaced", "together", "dots", "slash"] if not special else ["spaced", "dots"])
    sizes = (1, 2, 2, 2, 3, 3, 2)
    if shape == "together":
        return written
    if shape == "slash":
        return grouped(written[:13], sizes[:-1], " ") + " / " + written[13:]
    return grouped(written, sizes, " " if shape == "spaced" else ".")


def siren_digits(rng: Random) -> str:
    body = rng.choice("3456789") + digits(rng, 7)
    return body + luhn_digit(body)


def siren(rng: Random) -> str:
    return grouped(siren_digits(rng), (3, 3, 3), rng.choice([" ", " ", "", "\u00a0", "\u202f"]))


def siret(rng: Random) -> str:
    body = siren_digits(rng) + f"{rng.choice([rng.randint(1, 60), rng.randint(1, 60), rng.randint(61, 9000)]):04d}"
    whole = body + luhn_digit(body)
    return rng.choice(
        [
            grouped(whole, (3, 3, 3, 5), " "),
            whole,
            grouped(whole, (9, 5), " "),
            grouped(whole, (3, 3, 3, 5), "\u00a0"),
        ]
    )


def vat(rng: Random) -> str:
    number = siren_digits(rng)
    key = f"{(12 + 3 * (int(number) % 97)) % 97:02d}"
    return rng.choice(
        [f"FR{key}{number}", f"FR {key} {number}", f"FR {key} {grouped(number, (3, 3, 3), ' ')}", f"FR{key} {number}"]
    )


def mod97(country: str, bban: str) -> str:
    rest = int("".join(str(int(c, 36)) for c in bban + country + "00")) % 97
    return f"{98 - rest:02d}"


def rib_parts(rng: Random) -> tuple[str, str, str, str]:
    bank, branch, account = digits(rng, 5), digits(rng, 5), digits(rng, 10) + rng.choice(string.digits + "ABMZ")
    letters = {
        c: str(v)
        for group, start in (("ABCDEFGHI", 1), ("JKLMNOPQR", 1), ("STUVWXYZ", 2))
        for v, c in enumerate(group, start)
    }
    number = "".join(letters.get(c, c) for c in account)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(number)) % 97
    return bank, branch, account, f"{key:02d}"


def rib(rng: Random) -> str:
    return rng.choice([" ", " ", "-", ""]).join(rib_parts(rng))


def iban(rng: Random) -> str:
    country = rng.choice(["FR"] * 5 + ["DE", "BE", "GB", "NL", "ES"])
    bban = {
        "FR": lambda: "".join(rib_parts(rng)),
        "DE": lambda: digits(rng, 18),
        "BE": lambda: digits(rng, 12),
        "GB": lambda: "NWBK" + digits(rng, 14),
        "NL": lambda: "ABNA" + digits(rng, 10),
        "ES": lambda: digits(rng, 20),
    }[country]()
    if country in {"BE", "ES"}:
        bban = _national(country, bban)
    whole = country + mod97(country, bban) + bban
    if rng.random() < 0.3:
        return whole
    fours = [whole[i : i + 4] for i in range(0, len(whole), 4)]
    return rng.choice([" ", " ", "\u00a0"]).join(fours)


def _national(country: str, bban: str) -> str:
    """Belgium and Spain have check digits of their own inside."""
    if country == "BE":
        rest = int(bban[:10]) % 97
        return bban[:10] + f"{rest or 97:02d}"

    def check(ten: str) -> str:
        rest = 11 - sum(int(d) * w for d, w in zip(ten, (1, 2, 4, 8, 5, 10, 9, 7, 3, 6), strict=True)) % 11
        return str({10: 1, 11: 0}.get(rest, rest))

    return bban[:8] + check("00" + bban[:8]) + check(bban[10:]) + bban[10:]


def card(rng: Random) -> str:
    kind = rng.choice(["visa", "visa", "master", "master", "amex", "two"])
    if kind == "amex":
        body = rng.choice(["34", "37"]) + digits(rng, 12)
        whole = body + luhn_digit(body)
        return rng.choice([whole, grouped(whole, (4, 6, 5), " ")])
    start = {"visa": "4", "master": str(rng.randint(51, 55)), "two": str(rng.randint(2221, 2720))}[kind]
    body = start + digits(rng, 15 - len(start))
    whole = body + luhn_digit(body)
    return rng.choice([grouped(whole, (4, 4, 4, 4), " "), grouped(whole, (4, 4, 4, 4), "-"), whole])


def rpps(rng: Random) -> str:
    body = "10" + digits(rng, 8)
    return body + luhn_digit(body)


def nif(rng: Random) -> str:
    ten = rng.choice("0123") + digits(rng, 9)
    whole = ten + f"{int(ten) % 511:03d}"
    return rng.choice([whole, grouped(whole, (2, 2, 3, 3, 3), " ")])


def phone(rng: Random) -> str:
    nine = rng.choice("12345679") + digits(rng, 8)
    if nine[0] in "67":
        nine = nine[0] + rng.choice("12345") + nine[2:]
    ten = "0" + nine
    pairs = (2, 2, 2, 2, 2)
    return rng.choice(
        [
            grouped(ten, pairs, " "),
            grouped(ten, pairs, " "),
            grouped(ten, pairs, "."),
            grouped(ten, pairs, "-"),
            grouped(ten, pairs, "\u00a0"),
            ten,
            "+33 " + grouped(nine, (1, 2, 2, 2, 2), " "),
            "+33" + nine,
            "+33 (0)" + grouped(nine, (1, 2, 2, 2, 2), " "),
            "+33 (0) " + grouped(nine, (1, 2, 2, 2, 2), " "),
            "0033 " + grouped(nine, (1, 2, 2, 2, 2), " "),
            "(+33) " + grouped(nine, (1, 2, 2, 2, 2), " "),
            "+33." + grouped(nine, (1, 2, 2, 2, 2), "."),
        ]
    )


def phone_abroad(rng: Random) -> str:
    """Numbers in ranges that plans of numbering hold."""
    return rng.choice(
        [
            f"+44 20 7946 0{rng.randint(100, 999)}",
            f"+44 7{rng.choice('4578')}{digits(rng, 2)} {digits(rng, 6)}",
            f"+49 30 {rng.randint(200000, 999999)}{digits(rng, 2)}",
            f"+32 47{rng.randint(0, 9)} {digits(rng, 2)} {digits(rng, 2)} {digits(rng, 2)}",
            f"+41 79 {rng.randint(200, 999)} {digits(rng, 2)} {digits(rng, 2)}",
            f"+1 (212) {rng.randint(220, 989)}-{digits(rng, 4)}",
            f"(415) {rng.randint(220, 989)}-{digits(rng, 4)}",
            f"312-{rng.randint(220, 989)}-{digits(rng, 4)}",
            f"+1-646-{rng.randint(220, 989)}-{digits(rng, 4)}",
            f"07{rng.choice('4578')}{digits(rng, 2)} {digits(rng, 6)}",
        ]
    )


def plate(rng: Random) -> str:
    def pair() -> str:
        two = "SS"
        while two == "SS":
            two = "".join(rng.choices(SIV, k=2))
        return two

    return f"{pair()}-{rng.randint(1, 999):03d}-{pair()}"


def old_plate(rng: Random) -> str:
    return f"{rng.randint(10, 9999)} {''.join(rng.choices('ABCDEFGHJKLMNPQRTVWXYZ', k=2))} {rng.randint(1, 95):02d}"


def passport(rng: Random) -> str:
    return digits(rng, 2) + "".join(rng.choices(string.ascii_uppercase, k=2)) + digits(rng, 5)


def identity_card(rng: Random) -> str:
    old = f"{digits(rng, 2)}{rng.randint(1, 12):02d}{rng.randint(1, 95):02d}{digits(rng, 6)}"
    new = rng.choice("CDFGHJKLMNPRTVWXYZ") + digits(rng, 1) + "".join(rng.choices("CFGHJKLMNPRTVWXYZ0123456789", k=7))
    return rng.choice([old, new])


def email(rng: Random, *, english: bool = False) -> str:
    first, last = (rng.choice(FIRST_EN), rng.choice(LAST_EN)) if english else (rng.choice(FIRST), rng.choice(LAST))
    first, last = first.lower().translate(PLAIN), last.lower().translate(PLAIN)
    local = rng.choice(
        [
            f"{first}.{last}",
            f"{first[0]}{last}",
            f"{last}_{first}{rng.randint(1, 99)}",
            f"{first}-{last}",
            f"{first}.{last}+news",
        ]
    )
    host = rng.choice(
        [
            "exemple.fr",
            "mail.exemple.com",
            "cabinet-lantignac.fr",
            "example.co.uk",
            "univ-exemple.fr",
            "societe.paris",
            "example.org",
        ]
    )
    address = f"{local}@{host}"
    return address.upper() if rng.random() < 0.05 else address


def ip(rng: Random) -> str:
    if rng.random() < 0.25:
        return f"2a01:cb{rng.randint(10, 99)}:{rng.randint(1000, 9999):x}:{digits(rng, 4)}::{rng.randint(16, 9999):x}"
    return f"{rng.choice([37, 62, 78, 82, 90, 109, 176, 185, 192, 203])}.{rng.randint(0, 255)}.{rng.randint(0, 255)}.{rng.randint(1, 254)}"


def mac(rng: Random) -> str:
    sep = rng.choice(":-")
    return sep.join(
        [f"{rng.randint(10, 15):X}{rng.randint(0, 15):X}", *(f"{rng.randint(0, 255):02X}" for _ in range(5))]
    )


def gps(rng: Random) -> str:
    lat, lon = rng.uniform(42, 51), rng.uniform(-4, 8)
    return rng.choice([f"{lat:.5f}, {lon:.5f}", f"{lat:.6f},{lon:.6f}", f"{lat:.4f}° N, {abs(lon):.4f}° E"])


def handle(rng: Random) -> str:
    return (
        "@"
        + rng.choice(FIRST).lower().translate(PLAIN)
        + rng.choice(["_", ""])
        + rng.choice(LAST).lower().translate(PLAIN)
        + rng.choice(["", "75", "_off"])
    )


def secret(rng: Random) -> str:
    letters = string.ascii_letters + string.digits
    return rng.choice(
        [
            "AKIA" + "".join(rng.choices(string.ascii_uppercase + string.digits, k=16)),
            "ghp_" + "".join(rng.choices(letters, k=36)),
            "AIza" + "".join(rng.choices(letters + "_-", k=34)) + "x",
            "sk_live_" + "".join(rng.choices(letters, k=24)),
            "xoxb-" + digits(rng, 12) + "-" + "".join(rng.choices(letters, k=24)),
        ]
    )


def password(rng: Random) -> str:
    return (
        "".join(rng.choices(string.ascii_lowercase, k=5))
        + rng.choice("!#%&")
        + digits(rng, 3)
        + "".join(rng.choices(string.ascii_uppercase, k=3))
    )


# What looks like an identifier and is none.


def _wrong(maker: Callable[[Random], str]) -> Callable[[Random], str]:
    return lambda rng: one_digit_away(rng, maker(rng))


def order(rng: Random) -> str:
    return rng.choice(
        [
            digits(rng, 9),
            digits(rng, 10),
            digits(rng, 12),
            digits(rng, 14),
            digits(rng, 16),
            f"{rng.randint(2019, 2026)}-{digits(rng, 6)}",
            "0" + digits(rng, 9),
        ]
    )


def day(rng: Random) -> str:
    d, m, y = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1960, 2026)
    return rng.choice(
        [
            f"{d:02d}/{m:02d}/{y}",
            f"{d:02d}.{m:02d}.{y}",
            f"{y}-{m:02d}-{d:02d}",
            f"{d:02d}-{m:02d}-{y}",
            f"{d:02d}/{m:02d}/{y} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}",
            f"{d:02d} {m:02d} {y}",
        ]
    )


def amount(rng: Random) -> str:
    n = rng.choice([rng.randint(100, 99999), rng.randint(100000, 999999999)])
    spaced = f"{n:,}".replace(",", rng.choice([" ", "\u202f", "\u00a0"]))
    return f"{spaced},{rng.randint(0, 99):02d} €"


def article(rng: Random) -> str:
    return rng.choice(
        [
            f"article {rng.choice('LRD')}. {rng.randint(100, 999)}-{rng.randint(1, 40)}-{rng.randint(1, 9)}",
            f"art. {rng.randint(1, 2000)}",
            f"l'article {rng.randint(100, 999)}-{rng.randint(1, 20)} du code de procédure civile",
            f"loi n° {rng.randint(70, 99)}-{digits(rng, 3)} du {rng.randint(1, 28)} juillet {rng.randint(1970, 1999)}",
        ]
    )


def version(rng: Random) -> str:
    return rng.choice(
        [
            f"version {rng.randint(1, 20)}.{rng.randint(0, 20)}.{rng.randint(0, 99)}.{rng.randint(0, 999)}",
            f"v{rng.randint(1, 9)}.{rng.randint(0, 9)}.{rng.randint(0, 9)}",
            f"version {rng.randint(10, 120)}.0.{rng.randint(10, 250)}.{rng.randint(10, 250)}",
        ]
    )


def isbn(rng: Random) -> str:
    body = "9782" + digits(rng, 8)
    check = -sum(int(c) * (3 if i % 2 else 1) for i, c in enumerate(body)) % 10
    whole = f"{body}{check}"
    return rng.choice(
        [
            f"ISBN {whole}",
            f"EAN {whole}",
            f"ISBN 978-2-{whole[4:8]}-{whole[8:12]}-{whole[12]}",
            f"code-barres : {whole}",
        ]
    )


def digest(rng: Random) -> str:
    hexes = "".join(rng.choices("0123456789abcdef", k=40))
    uuid = "-".join("".join(rng.choices("0123456789abcdef", k=k)) for k in (8, 4, 4, 4, 12))
    return rng.choice([hexes, uuid, hexes[:32]])


def stamp(rng: Random) -> str:
    return rng.choice(
        [
            f"17{digits(rng, 8)}",
            f"17{digits(rng, 11)}",
            f"2024{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{rng.randint(0, 23):02d}{rng.randint(0, 59):02d}{rng.randint(0, 59):02d}",
        ]
    )


VALUES: dict[str, Callable[[Random], str]] = {
    "nir": nir,
    "siren": siren,
    "siret": siret,
    "vat": vat,
    "iban": iban,
    "rib": rib,
    "card": card,
    "rpps": rpps,
    "nif": nif,
    "phone": phone,
    "plate": plate,
    "passport": passport,
    "identity_card": identity_card,
    "email": email,
    "ip": ip,
    "mac": mac,
    "gps": gps,
    "handle": handle,
    "secret": secret,
    "password": password,
    "phone_abroad": phone_abroad,
    "old_plate": old_plate,
    "email_en": lambda rng: email(rng, english=True),
}
CATEGORY = {"password": "secret", "phone_abroad": "phone", "old_plate": "plate", "email_en": "email"}
DECOYS: dict[str, Callable[[Random], str]] = {
    "order": order,
    "day": day,
    "amount": amount,
    "article": article,
    "version": version,
    "isbn": isbn,
    "digest": digest,
    "stamp": stamp,
    "wrong_nir": _wrong(nir),
    "wrong_siren": _wrong(siren),
    "wrong_siret": _wrong(siret),
    "wrong_iban": _wrong(iban),
    "wrong_card": _wrong(card),
    "wrong_rpps": _wrong(rpps),
    "wrong_vat": lambda rng: "FR00" + digits(rng, 9),
    "case": lambda rng: f"{rng.randint(10, 26)}/{digits(rng, 5)}",
    "name": lambda rng: f"{rng.choice(FIRST)} {rng.choice(LAST)}",
    "name_en": lambda rng: f"{rng.choice(FIRST_EN)} {rng.choice(LAST_EN)}",
    "number": lambda rng: digits(rng, rng.randint(3, 8)),
    "postcode": lambda rng: f"{rng.randint(1, 95):02d}{rng.randint(0, 99) * 10:03d}",
}
