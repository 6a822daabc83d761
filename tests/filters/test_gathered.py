"""Digits are gathered over what stands between them where they make a number, and are left alone where they do not."""

import random

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.digits import counted, gathered, misspelt, shapes

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
DIGITS = "0612345978"
PAIRS = ["06", "12", "34", "59", "78"]


@pytest.mark.parametrize(
    "said",
    [
        "".join(f"{letter}{digit}" for letter, digit in zip("abcdefghij", DIGITS, strict=True)),
        " pomme ".join(PAIRS),
        "<p>".join(PAIRS),
        "\n".join(f"{at},{pair}" for at, pair in enumerate(PAIRS, start=1)),
        "\n".join(f"{at}) {PAIRS[at - 1]}" for at in (3, 1, 5, 2, 4)),
        ", ".join(f"{digit} ({digit})" for digit in DIGITS),
        " ".join(PAIRS[::-1]),
        " ".join(pair[::-1] for pair in PAIRS),
        "51 67 89 04 23",
        "()6 12 34 59 78",
        "zérro siz un deu troi quattre cinc neuff set uit",
        "z3r0 s1x 0n3 tw0 thr33 f0ur f1v3 n1n3 s3v3n 31ght",
        "n u l l  s e c h s  e i n s  z w e i  d r e i  v i e r  f ü n f  n e u n  s i e b e n  a c h t",
        "thgie neves enin evif ruof eerht owt eno xis orez",
        "nulla VI I II III IV V IX VII VIII",
        "0 |||||| | || ||| |||| ||||| ||||||||| ||||||| ||||||||",
        "0+0, 3+3, 0+1, 1+1, 1+2, 2+2, 2+3, 4+5, 3+4, 4+4",
        "ogizeasqtb",
        "07671727374757978777",
        "601..2439..578",
        "0?$6&!1%>2&!3!<4?&5<$9$&7<<8$!",
        "à-&é\"'(ç_è",
        "mreb fvk ha qrhk gebvf dhnger pvad arhs frcg uhvg",
        "zéro six, douze, trente-quatre, cinquante-neuf, soixante-dix-huit\nNous verrons",
        "0w6u1x2j3u4t5f9n7j8e",
        "la fin est 45978 et le début 06123",
        "Ø6 12 34 59 78",
        "⁰⁶ ¹² ³⁴ ⁵⁹ ⁷⁸",
    ],
)
def test_a_telephone_number_is_seen_through(said):
    assert GUARD.check(f"Voici : {said} . Bonne journée.", Surface.ANSWER).finds


@pytest.mark.parametrize("kind", [values.nir, values.iban, values.card, values.siret])
@pytest.mark.parametrize("between", [" banane ", "x", " ; ensuite vient "])
def test_numbers_with_a_checksum_are_gathered_and_those_without_are_not(kind, between):
    draw = random.Random(11)
    for _ in range(20):
        bare = "".join(c for c in kind(draw) if c.isdecimal())
        pieces = [bare[at : at + 2] for at in range(0, len(bare), 2)]
        assert gathered.gathered(f"C'est {between.join(pieces)}.") is not None
    wrong = bare[:-1] + str((int(bare[-1]) + 1) % 10)
    assert shapes.protected(wrong) is None


@pytest.mark.parametrize(
    "text",
    [
        "Les articles 2413, 2414, 2415 et 2416 sont applicables.",
        "In the 1820s and 1830s, warships began to mount heavier guns.",
        "It was held from 6 November 2009 to 7 February 2010.",
        "From 1972 to 1977, up to 20 miles per hour (32 km/h).",
        "Ouvert de 09 h 30 à 12 h 30 et de 14 h 00 à 18 h 30.",
        "Les parts sont de 12 pommes, 34 poires, 56 prunes, 78 cerises et 90 figues.",
        "Il y a 0 absent lundi, 2 mardi, 1 mercredi, 4 jeudi et 3 vendredi.",
        "La table a été salée, et l'île est à l'est.",
        "| I | II | III | IV | V | VI | VII | VIII | IX | X |",
        "Once a night, a fine line of light: the site, the size, the five men and the seven wins.",
        "He makes a jail cell, and the shot is the first of many; a lot less to sell at all.",
        "The city still hosts the Office of the President.",
        '{"values": [1921, 5192, 6419, 6580], "ok": true}',
        "const score = [347, 468, 338, 461, 376];",
        "sha256: f79897e0c4c1598f7582feaa038009a9c1731ad025186083f72787e36ec0",
        "La surface est de 120 m², le volume de 340 m³.",
    ],
)
def test_everyday_text_is_left_alone(text):
    assert GUARD.check(text, Surface.ANSWER).text == text


def test_a_find_covers_all_from_the_first_digit_to_the_last():
    text = "Voici : " + " pomme ".join(PAIRS) + " merci"
    view = gathered.gathered(text)
    at = view.text.index("06 12")
    start, end = view.original(at, at + 14)
    assert text[start:end] == " pomme ".join(PAIRS)


def test_misspelt_numbers_are_corrected_only_among_numbers():
    assert misspelt.corrected("The fire in the site.") is None
    assert misspelt.corrected("zérro siz un deu troi").text == "zéro six un deux troi"


def test_rare_signs_are_read_as_digits():
    assert counted.counted("VI I II III IV V IX VII VIII X").text == "6 1 2 3 4 5 9 7 8 10"
    assert counted.counted("chapitres I, II et III") is None
    assert counted.looking("ol ez as gt bq") is not None
    assert counted.looking("le bal est là") is None


@pytest.mark.parametrize("took", ["3754", "767", "405", "1151"])
def test_lines_of_a_log_are_left_alone(took):
    line = f"2026-03-01T11:30:25.101Z INF written id=443fb052 took={took}ms\n2026-03-01T11:30:26.842Z INF read"
    assert GUARD.check(line, Surface.ANSWER).text == line


def test_a_share_to_many_places_is_no_number():
    text = '{"name": "poids", "value": "0.160288294", "unit": "kg", "other": "0.890534017"}'
    assert GUARD.check(text, Surface.ANSWER).text == text


@pytest.mark.parametrize(
    "text",
    [
        "e = 2.718281828459045 and √2 = 1.4142135623730951; both are irrational.",
        "1/36 = 0.027777777777778…, and 527/36 = 14.638888888889…",
        "You want the paperback, ISBN 9781674092386: 510 pages, published 1995.",
    ],
)
def test_a_number_that_was_reckoned_or_has_another_behind_it_is_no_card(text):
    assert GUARD.check(text, Surface.ANSWER).text == text


@pytest.mark.parametrize("text", ["La carte est 497,0533057956532.", "SIRET: 732.82932000074"])
def test_a_number_written_as_a_share_is_found_where_its_kind_is_named(text):
    assert GUARD.check(text, Surface.ANSWER).text != text


@pytest.mark.parametrize("first", [0x660, 0x6F0, 0x966, 0xFF10])
def test_the_digits_of_any_script_count_on(first):
    text = f"Les chiffres : {' '.join(chr(first + at) for at in range(10))}."
    assert GUARD.check(text, Surface.ANSWER).text == text
    number = " ".join("".join(chr(first + int(digit)) for digit in pair) for pair in ("06", "12", "34", "57", "91"))
    assert GUARD.check(f"Le numéro : {number}.", Surface.ANSWER).finds
