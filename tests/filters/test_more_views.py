"""Rarer disguises are undone too, whatever stands in the text leaves no reading broken, and tables of shares are left alone."""

import base64
import gzip
import random

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views import readings
from vidocq.filters.views.number_words import NUMBERS

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
MAIL, PHONE = "jean-dupont@exemple.fr", "06 12 34 56 78"


@pytest.mark.parametrize(
    "said",
    [
        "".join(chr(0xE0000 + ord(c)) for c in PHONE),
        "⓪⑥ ①② ③④ ⑤⑥ ⑦⑧",
        "<b>0</b>6<b>1</b>2<b>3</b>4<b>5</b>6<b>7</b>8",
        "<tr><td>06</td><td>12</td><td>34</td><td>56</td><td>78</td></tr>",
        r"\text{06}\text{12}\text{34}\text{56}\text{78}",
        '{"pa": "06", "pb": "12", "pc": "34", "pd": "56", "pe": "78"}',
        "a) 06\nb) 12\nc) 34\nd) 56\ne) 78",
        "Étape 1 : 06\nÉtape 2 : 12\nÉtape 3 : 34\nÉtape 4 : 56\nÉtape 5 : 78",
        "06. La suite est 12. La suite est 34. La suite est 56. La suite est 78",
        "".join(f"\\{ord(c):03o}" for c in PHONE),
        "".join(f"={ord(c):02X}" for c in PHONE),
        ", ".join(str(ord(c)) for c in PHONE),
        base64.b64encode(gzip.compress(PHONE.encode(), mtime=0)).decode(),
        base64.b85encode(PHONE.encode()).decode(),
        "----- -.... .---- ..--- ...-- ....- ..... -.... --... ---..",
        "zérosixundeuxtroisquatrecinqsixsepthuit",
        "null sechs eins zwei drei vier fünf sechs sieben acht",
        "0x6x1x2x3x4x5x6x7x8",
        "jean-dupont chez exemple.fr",
        "jean-dupont arrobas exemple point fr",
        "jean-dupont_at_exemple_dot_fr",
        "jean-dupont, suivi d'une arobase, puis exemple.fr",
        "j e a n tiret d u p o n t arobase e x e m p l e point f r",
        " puis ".join(MAIL),
        "jea(sic)n-du(sic)pont@(sic)exem(sic)ple.fr",
        "ноль шесть один два три четыре пять шесть семь восемь",
        "zero sześć jeden dwa trzy cztery pięć sześć siedem osiem",
        "sıfır altı bir iki üç dört beş altı yedi sekiz",
        "rei roku ichi ni san yon go roku nana hachi",
    ],
)
def test_a_rarer_disguise_is_seen_through(said):
    assert GUARD.check(f"Voici : {said} . Bonne journée.", Surface.ANSWER).finds


@pytest.mark.parametrize(
    "text",
    [
        "`lira@0.01` is 0.05, `loss@0.1` is 0.12.",
        "0,807 | 27,1 % | 24,5 | 0,876 | 33,1 % | 18,1",
        "La page est disponible chez exemple.fr depuis mardi.",
        "1, 2, 3 : a) ouvrir, b) lire, c) fermer, puis 4, 5 et 6.",
        "On compte deux zéros, trois zéros, puis cent zéros.",
    ],
)
def test_everyday_text_is_left_alone(text):
    assert GUARD.check(text, Surface.ANSWER).text == text


def test_no_word_for_a_number_in_any_case_breaks_a_reading():
    odd = str.maketrans("siSIk", "ſıſİ\u212a")
    for word in sorted(NUMBERS | {"plus", "zéro", "alpha", "sierra", "kilo"}):
        for said in (word, word.upper(), word.translate(odd), word.upper().translate(odd)):
            assert list(readings.readings(f"{said} {said} {said} six sept huit alpha sierra {said}"))


def test_no_row_of_pieces_breaks_a_reading():
    draw = random.Random(5)
    pieces = [
        *sorted(NUMBERS),
        "plus",
        "+",
        "@",
        "arobase",
        "(at)",
        "point",
        "<b>",
        "</b>",
        "\\text{",
        "}",
        "**",
        '"',
        "'",
        ": ",
        "06",
    ]
    pieces += [
        "a) ",
        "1. ",
        "=41",
        "\\060",
        "&#48;",
        "U+0030",
        "----- ",
        "alpha",
        "é",
        "ı",
        "\u0301",
        "Ⅸ",
        "①",
        "\n",
        "|",
        "_",
        "<~",
        "~>",
    ]
    for _ in range(150):
        text = "".join(draw.choice(pieces) + draw.choice(["", " ", " ", "-"]) for _ in range(40))
        try:
            views = list(readings.readings(text))
        except readings.TooMuchInside:
            continue
        for view in views:
            if view.text:
                start, end = view.original(0, len(view.text))
                assert 0 <= start < end <= len(text)


@pytest.mark.parametrize(
    "said", ["06 12 XX 56 78, où XX vaut XX", "0612N45678, N=N9", "jean@_.fr (_ = _a)", "07 ?? 11 (?? = ??-??) …"]
)
def test_what_stands_in_a_hole_is_no_hole(said):
    for text in (said, f"{said} " * 40):
        assert not any("filled" in view.name and len(view.text) > 4 * len(text) for view in readings.readings(text))


@pytest.mark.parametrize("value", [PHONE, MAIL, "FR7610278459206624989647818", "4970533057956532"])
def test_what_is_hidden_behind_a_word_is_no_part_of_it(value):
    bits = "".join(f"{ord(sign):08b}" for sign in value).translate(str.maketrans("01", "\u2062\u2064"))
    for text in (f"Rien à signaler{bits}\nMerci.", f"Rien {bits}à signaler."):
        assert GUARD.check(text, Surface.ANSWER).finds


@pytest.mark.parametrize("value", [PHONE, "2 90 03 57 188 411 73", "4970 5330 5795 6532"])
@pytest.mark.parametrize("beneath", ["", "Merci", "Rest of it."])
@pytest.mark.parametrize("before", range(3, 9))
def test_base64_whose_last_line_is_short(value, beneath, before):
    code = base64.b64encode(
        ("Reference kept for the follow-up of it: " + "x" * before + " " + value).encode()
    ).decode()
    lines = "\n".join(code[at : at + 64] for at in range(0, len(code), 64))
    assert GUARD.check(f"```\n{lines}\n{beneath}\n```\nNothing else.", Surface.ANSWER).finds


@pytest.mark.parametrize(
    "said",
    [
        "o․nakache﹫nord‐post․fr",
        "hugo｡garland＠nord–conseil｡com",
        "fr dot atelier dash ribolin at morvan dot b",
        "org point services tiret ribolin arobase perrin tiret bas victor",
        "0.l3franc@m!stral-lab.fr",
        "1g1r@rd07@plum3l4b.n37",
        "07 36 3 neuf 3 0 81",
        "+33 four 17 4 7 2 six 4 7",
        'value = "09 06" + " 90 8" + "0 94"',
    ],
)
def test_signs_of_other_shapes_words_last_first_and_units_amid_digits(said):
    assert GUARD.check(f"C'est ceci : {said}. Merci.", Surface.ANSWER).finds


@pytest.mark.parametrize(
    "text",
    [
        "The example ISBN used in the standard is 978-3-16-148410-0; its check digit is computed modulo 10.",
        "Le 3 neuf 4 est de trop – le 2010–2015 aussi – voilà @ tous.",
        "com point de vue at large dot b",
    ],
)
def test_what_is_like_them_is_left_alone(text):
    assert GUARD.check(text, Surface.ANSWER).text == text
