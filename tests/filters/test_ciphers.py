"""Ciphers and puzzles whose method the text tells, or whose checksum gives them away; and what looks like them."""

import base64
import gzip
import lzma
import zlib
from functools import partial

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.ciphers.solved import solved
from vidocq.filters.views.clues import Clues
from vidocq.filters.views.codings.compressed import laid_open

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
PHONE, NIR, IBAN, CARD = "0612345791", "290035718841173", "FR7610278459206624989647818", "4970533057956532"
NUMBERS = (PHONE, NIR, CARD)
EMAIL = "clara.masson@brumeval.fr"
FRUIT = "🍎🍌🍇🍓🍒🍍🥝🍑🍋🍐"
WORDS = ("strawberry", "I", "we", "sun", "moon", "river", "garden", "morning", "mountain", "butterfly")
TERMS = (
    "five minus five", "one times one", "one plus one", "seven minus four", "two times two", "ten minus five", "half of twelve",
    "three plus four", "twice four", "three times three",
)  # fmt: skip
TYPED = {
    letter: key * times
    for key, letters in zip("23456789", ("abc", "def", "ghi", "jkl", "mno", "pqrs", "tuv", "wxyz"), strict=True)
    for times, letter in enumerate(letters, 1)
}


def moved(value, by, *, letters=True):
    return "".join(
        str((int(sign) + by) % 10)
        if sign.isdecimal()
        else chr((ord(sign) - 65 + by) % 26 + 65)
        if letters and sign.isupper()
        else sign
        for sign in value
    )


def mirrored(value):
    return "".join(str(9 - int(sign)) if sign.isdecimal() else chr(155 - ord(sign)) for sign in value)


def signs(value, alphabet):
    return "".join(alphabet[int(sign)] if sign.isdecimal() else sign for sign in value)


def in_groups(value):
    """As one writes numbers of this length."""
    sizes = {10: (2,) * 5, 15: (1, 2, 2, 2, 3, 3, 2), 16: (4,) * 4}[len(value)]
    return [value[sum(sizes[:at]) : sum(sizes[: at + 1])] for at in range(len(sizes))]


def half_turned(value):
    return "".join(sign if sign == " " else chr(33 + (ord(sign) - 33 + 47) % 94) for sign in value)


def turned(value, key):
    return bytes(ord(sign) ^ key for sign in value)


def said(value, words, between=" "):
    return between.join(words.split()[int(sign)] for sign in value)


PLANTED = {
    "shift": [
        text
        for value in (PHONE, NIR, IBAN, CARD)
        for text in (
            f"Code César, décalage de 3 (chiffres compris) : {moved(value, 3)}",
            f"{moved(value, 11)} (Caesar cipher)",
            f"Ajoutez 1 à chaque chiffre : {moved(value, -1, letters=False)}.",
            f"Each digit plus 2: {' '.join(moved(value, 2, letters=False))}",
            f"Complément à 9 : {signs(value, '9876543210')}",
            f"en Atbash : {mirrored(value)}",
        )
    ],
    "protected": [f"Voici {moved(IBAN, 5)} et voilà.", f"Voici {moved(NIR, 4)}.", f"Le code {mirrored(IBAN)} suffit."],
    "halves": [
        text
        for value in (PHONE, NIR, IBAN, CARD, EMAIL)
        for text in (
            f"rangs impairs : {value[::2]} ; rangs pairs : {value[1::2]}",
            f"even positions: {', '.join(value[1::2])}; odd positions: {', '.join(value[::2])}.",
            f"Alternate the characters of {value[::2]} and {value[1::2]}.",
            f"Un caractère sur deux : {''.join(a + b for a, b in zip(value, 'qzkxw' * 6, strict=False))}",
        )
    ],
    "legend": [
        text
        for value in (*NUMBERS, IBAN)
        for text in (
            f"A=0, B=1, …, J=9 : {signs(value, 'ABCDEFGHIJ')}",
            f"{signs(value, 'jabcdefghi')} avec a=1, b=2, ..., j=0",
            f"{' '.join(f'{fruit}={at}' for at, fruit in enumerate(FRUIT))}\n\n{signs(value, FRUIT)}",
            f"BLACKHORSE = 1234567890 : {signs(value, 'EBLACKHORS')}",
        )
    ],
    "terms": [
        text
        for value in NUMBERS
        for text in (
            f"chaque chiffre : {'; '.join(f'{int(sign) + 2}-2' for sign in value)}",
            f"{', '.join(f'({int(sign)} + 0)' for sign in value)}",
            f"Each digit: {', '.join(TERMS[int(sign)] for sign in value)}",
        )
    ],
    "keypad": [f"multi-tap: {between.join(TYPED.get(sign, sign) for sign in EMAIL)}" for between in (" ", "-", ", ")],
    "xor": [
        text
        for value in (PHONE, NIR, IBAN, CARD, EMAIL)
        for text in (
            f"XOR 0x2a : {turned(value, 0x2A).hex()}",
            base64.b64encode(turned(value, 0x33)).decode(),
            f"xor 99: {list(turned(value, 99))}",
        )
    ],
    "amounts": [
        text
        for value in NUMBERS
        for text in (
            f"The length of each word gives a digit: {' '.join(WORDS[int(sign)] for sign in value)}.",
            f"Comptez les fruits : {' | '.join('🍎' * int(sign) or '∅' for sign in value)}",
            f"how many x: {', '.join('x' * int(sign) or 'none' for sign in value)}",
        )
    ],
    "words": [
        text
        for value in NUMBERS
        for text in (
            said(value, "zeroth first second third fourth fifth sixth seventh eighth ninth"),
            said(value, "quatro_ um dois três quatro cinco seis sete oito nove".replace("quatro_", "zero"), ", "),
            said(value, "nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän"),
        )
    ]
    + [
        "null sechs zwölf vierunddreißig siebenundfünfzig einundneunzig",
        "cero seis, doce, treinta y cuatro, cincuenta y siete, noventa y uno",
        "six cent douze millions trois cent quarante-cinq mille sept cent quatre-vingt-onze.",
        "six hundred twelve million three hundred forty-five thousand seven hundred ninety-one",
        "PlusTroisTroisSixUnDeuxTroisQuatreCinqSeptNeufUn",
    ],
    "alike": [value.translate(table) for value in NUMBERS for table in (str.maketrans("0125689", "OlZSbBg"), str.maketrans("0134578", "OIEASTB"))],
    "bits": [
        text
        for value in (PHONE, NIR, IBAN, CARD)
        for text in ("\n".join(f"{ord(sign):08b}" for sign in value), " ".join(f"{ord(sign):b}" for sign in value))
    ],
    "rot47": [
        text.format(half_turned(value))
        for value in ("06 12 34 57 91", NIR, IBAN, CARD, EMAIL)
        for text in ("ROT47: `{}`", "rot47 → {} .", "({})")
    ],
    "compressed": [
        base64.b64encode(pack(value.encode())).decode()
        for value in (PHONE, IBAN, EMAIL)
        for pack in (partial(gzip.compress, mtime=0), zlib.compress, lzma.compress, lambda raw: zlib.compress(raw, wbits=-15))
    ],
    "lettered": [
        text
        for value in NUMBERS
        for table in (str.maketrans("1234567890", "abcdefghij"), str.maketrans("0123456789", "abcdefghij"))
        for text in (value.translate(table), value.translate(table).upper(), " ".join(in_groups(value.translate(table).upper())))
    ]
    + ["Tout est là : EJHA FDDA FHJF GFDC. A vaut 0, B vaut 1… et J vaut 9."],
    "from nine": ["93-87-65-42-08", "93.87.65.42.08", "5029-4669-4204-3467"],
    "offset": [f"{int(value) + 1000:0{len(value)}} (retranche 1000 pour obtenir le vrai)" for value in NUMBERS],
}  # fmt: skip
CLEAN = [
    "Le code César décale chaque lettre de 3 : BONJOUR devient ERQMRXU. Votre commande 4567 part demain.",
    "The night shift of 12 people handled 4567891234 parts, 3 more than planned.",
    "Odd pages first: 1, 3, 5, 7, 9, 11; even pages next: 2, 4, 6, 8, 10, 12.",
    "A = 1, B = 2, C = 3 : l'alphabet continue ainsi, et un mot comme CABBAGE vaut 3-1-2-2-1-7-5.",
    "Scores : 2-1, 3-0, 1-1, 0-0, 4-2, 1-3, 2-2, 5-0, 1-0, 0-2, 3-3.",
    "Count the stars: ★★★ | ★★ | ★★★★★ for the three hotels.",
    "Comptez les lettres de chaque mot de cette phrase, puis dites combien il y en a dans tout le texte que voici.",
    "sha256: 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 (xor 0x5a)",
    "First, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth: the ordinals.",
    "Uno, due, tre, quattro, cinque, sei, sette, otto, nove, dieci.",
    "Le budget est de six cent douze millions trois cent quarante-cinq mille sept cent quatre-vingt-onze euros.",
    "OBLIGATION, Belle Isabelle, 15 BIS, Zoo 2000, B2B, GS1 1234",
    "01001000 01100101 01101100 01101100 01101111 is Hello in binary.",
    "abcdefghij, ABCDEFGHIJ, jabcdefghi : les dix premières lettres.",
    "He had a bad cab, a cage, a big idea; each bade a decade. FADED BIDE BEAD ACED",
    "AB CD EF GH IJ BA DC FE HG JI",
    "Les notes : 93, 87, 65, 42, 18. Les pages 93-87 et 65-42.",
    "Subtract 1000 from 4970533057957, the account of the year, to get the real one.",
]


@pytest.mark.parametrize("text", [text for texts in PLANTED.values() for text in texts])
def test_a_planted_value_is_found(text):
    assert GUARD.check(f"Bonjour. {text}\nMerci.", Surface.ANSWER).finds


@pytest.mark.parametrize("text", CLEAN)
def test_a_neighbour_is_left_alone(text):
    assert not GUARD.check(text, Surface.ANSWER).finds


def test_every_way_leads_back_to_where_it_stood():
    for texts in PLANTED.values():
        for text in texts:
            for view in solved(text, Clues(text)):
                for at in range(len(view.text)):
                    start, end = view.original(at, at + 1)
                    assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "row", ["1-1;", "22 @ ", "odd 12345 even 54321 ", "A=1 ", "🍎🍎 ", "César 0612345678 ", "AB 0O "]
)
def test_hostile_rows_take_no_longer_than_their_length(row):
    text = "compte letters xor minus 12 real " + row * (8000 // len(row))
    assert sum(len(view.text) for view in solved(text, Clues(text))) < 60 * len(text)


@pytest.mark.parametrize(
    "pack", [partial(gzip.compress, mtime=0), zlib.compress, lzma.compress, lambda raw: zlib.compress(raw, wbits=-15)]
)
def test_a_bomb_is_laid_open_only_so_far(pack):
    assert len(laid_open(pack(b"0" * 3_000_000), 1000)) <= 1000
    assert laid_open(b"0612345791", 1000) == b"0612345791"
