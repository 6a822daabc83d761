"""Codings and ciphers are undone; clean text that looks a little like them is left alone."""

import base64
import binascii
import codecs
import random

import pytest

from vidocq.core.guarding import Surface
from vidocq.filters.evasion import values
from vidocq.filters.guard import Guard
from vidocq.filters.policy import PersonalDataSection
from vidocq.filters.views.codings import morse

GUARD = Guard([PersonalDataSection(kind="personal-data", categories=frozenset(values.MADE)).made(None)])
MAIL, PHONE, CARD = "jean-dupont@exemple.fr", "06 12 34 56 78", "4970101234567890"


def masked(text: str) -> str:
    return GUARD.check(text, Surface.ANSWER).text


def is_hidden(said: str) -> bool:
    """Whether most of what says the value is gone, between brackets as within a sentence."""
    return all(said[len(said) // 3 : 2 * len(said) // 3] not in masked(text) for text in (f"Voici ({said}) .", said))


def rot47(value: str) -> str:
    return "".join(chr(33 + (ord(c) - 33 + 47) % 94) if c != " " else c for c in value)


def rot5(value: str) -> str:
    return value.translate(str.maketrans("0123456789", "5678901234"))


@pytest.mark.parametrize(
    "said",
    [
        rot47(MAIL),
        MAIL.replace("@", "+AEA-"),
        f"data:text/plain;base64,{base64.b64encode(b'0604370792').decode()}",
        ".".join(base64.b32encode(PHONE.encode()).decode()),
        rot47(PHONE),
        rot47("0612345678"),
        base64.b64encode(rot47(MAIL).encode()).decode(),
        rot5(PHONE),
        rot5("+33612345678"),
        codecs.encode(rot5(MAIL), "rot13"),
        base64.b64encode(MAIL[::-1].encode()).decode(),
        " ".join(MAIL[::-1]),
        "eno eerht eerht ruof ruof evif neves orez xis orez",
        "rf tod elpmexe ta tnopud-naej",
        "".join(chr(0x1D4B6 + ord(c) - 97) if c.islower() else c for c in MAIL),
        "<ul><li>061</li><li>234</li><li>567</li><li>8</li></ul>",
    ],
)
def test_a_cipher_is_undone(said):
    assert is_hidden(said)


def test_a_list_is_no_part_of_the_word_before_it():
    assert is_hidden("C'est <ul><li>+33</li><li>612</li><li>345</li><li>678</li></ul>")


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
def test_letters_and_digits_turned_together(kind):
    draw = random.Random(2)
    for _ in range(10):
        value = values.MADE[kind](draw)
        if not (value.isdecimal() and len(value) == 10):
            assert is_hidden(codecs.encode(rot5(value), "rot13"))


def pieces(text: str, size: int, gap: str) -> str:
    return gap.join(text[at : at + size] for at in range(0, len(text), size))


def uuencoded(value: str) -> str:
    return f"begin 644 f\n{binascii.b2a_uu(value.encode()).decode()}`\nend"


@pytest.mark.parametrize("gap", [" ", "-", "\n", " | ", "\n> "])
@pytest.mark.parametrize("size", [3, 4, 5, 6, 8, 11])
@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
def test_base64_in_pieces(kind, size, gap):
    draw = random.Random(size)
    for _ in range(4):
        code = base64.b64encode(values.MADE[kind](draw).encode()).decode()
        assert is_hidden(pieces(code, size, gap))


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
@pytest.mark.parametrize(
    "say",
    [
        lambda c: f"https://app.example/r/{c.rstrip('=')}",
        lambda c: f"https://app.example/users/{c}/profile",
        lambda c: f"https://x.fr/v?id=3&d={c.rstrip('=')}&l=fr",
        lambda c: f"- {pieces(c, 6, chr(10) + '- ')}",
        lambda c: 'data = "' + pieces(c, 4, '" + "') + '"',
        lambda c: f"Informations administratives\n{c}\nSouhaitez-vous davantage ?",
    ],
    ids=["path", "inside a path", "query", "list", "sum", "between words"],
)
def test_base64_where_other_signs_are_around(kind, say):
    draw = random.Random(7)
    for _ in range(6):
        code = base64.b64encode(values.MADE[kind](draw).encode()).decode()
        said = f"Voici ce que contient la fiche :\n\n{say(code)}\n\nN'oubliez pas de vérifier la date de la pièce jointe."
        assert GUARD.check(said, Surface.ANSWER).finds


def test_base64_of_a_sentence_with_words_after_it():
    code = base64.b64encode("suite à votre demande, la donnée : 06 12 34 56 78 (dossier)".encode()).decode()
    assert GUARD.check(f"Voici :\n\n{pieces(code, 40, chr(10))}\n\nSouhaitez-vous davantage ?", Surface.ANSWER).finds


def test_an_entity_of_nothing_is_read():
    assert not GUARD.check("Voilà : &#00;&#8203; =00=00 \\u0000 %00", Surface.ANSWER).finds


def test_an_account_with_letters_backwards_with_points_between():
    backwards = ".".join("FR931055940004749547838M071"[::-1])
    assert GUARD.check(f"The record reads: {backwards}.\n\nNo more.", Surface.ANSWER).finds


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
@pytest.mark.parametrize(
    "say",
    [
        lambda v: base64.b85encode(v.encode()).decode(),
        lambda v: base64.a85encode(v.encode(), adobe=True).decode(),
        lambda v: base64.b32encode(v.encode()).decode().lower(),
        lambda v: " ".join(f"{b:o}" for b in v.encode()),
        lambda v: pieces(base64.b32encode(v.encode()).decode().rstrip("="), 5, " "),
        uuencoded,
    ],
    ids=["base85", "ascii85", "base32", "octal", "base32 in pieces", "uuencode"],
)
def test_a_coding_is_undone(kind, say):
    draw = random.Random(4)
    for _ in range(12):
        assert is_hidden(say(values.MADE[kind](draw)))


@pytest.mark.parametrize(
    "call", ['atob("{}")', "base64.b64decode('{}')", "(see {})"], ids=["javascript", "python", "none"]
)
def test_the_call_that_decodes_goes_with_what_it_decodes(call):
    text = masked(f"x = {call.format(base64.b64encode(MAIL.encode()).decode())} ;")
    assert ("see" in text) == ("see" in call)
    assert "atob" not in text
    assert "decode" not in text
    assert text.startswith("x = ")
    assert text.endswith(" ;")


def test_an_envelope_of_uuencode_goes_as_a_whole():
    assert "begin" not in masked(f"Voici\n{uuencoded(PHONE)}\nfin")


MORSE = dict(zip(morse._LETTERS, morse._SIGNS.split(), strict=True))


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
@pytest.mark.parametrize("gap", [" ", "   "])
def test_letters_and_digits_of_morse(kind, gap):
    draw = random.Random(6)
    for _ in range(8):
        said = gap.join(MORSE.get(c.lower(), "/") for c in values.MADE[kind](draw))
        assert is_hidden(said)
        assert is_hidden(said.replace(".", "·").replace("-", "−"))
        assert " anything else?" in masked(f"{said} - anything else?")


def test_morse_in_other_signs_with_a_slash_between():
    said = " / ".join(MORSE[c] for c in "0612345678")
    assert is_hidden(said.replace(".", "•").replace("-", "–"))


def test_codes_that_a_query_puts_together():
    assert is_hidden(" || ".join(f"CHR({ord(c)})" for c in PHONE))


def test_a_sentence_goes_on_after_a_row_of_morse():
    said = " ".join(MORSE[c] for c in MAIL)
    assert masked(f"Here: {said} - anything else?").endswith(" - anything else?")


def test_lines_drawn_in_dots_and_dashes_are_left_alone():
    for line in (
        "- - - - - - - - - - - -",
        ". . . . . . . . . .",
        "-----\n-----\n-----\n-----\n-----\n",
        "- a\n- b\n- c",
    ):
        assert masked(line) == line


@pytest.mark.parametrize("kind", values.MADE, ids=lambda kind: kind.value)
def test_programs_that_print_the_value(kind):
    draw = random.Random(8)
    for _ in range(6):
        value = values.MADE[kind](draw)
        names = "abcdefghijklmnop"[: -(-len(value) // 4)]
        named = [f"{name} = '{value[4 * at : 4 * at + 4]}'" for at, name in enumerate(names)]
        used = f"print({'+'.join(names)})"
        assert "print" not in masked("\n".join(["Voici :", *named, used]))
        assert "print" not in masked("\n".join([*reversed(named), used]))
        assert is_hidden(f"'{'#'.join(value)}'.replace('#', '')")
        assert is_hidden(f'"{"#".join(value)}".split("#").join("")')


def test_rows_of_a_table_of_which_each_has_a_piece():
    rows = [f"| {at} | {MAIL[3 * at : 3 * at + 3]} |" for at in range(8)]
    assert is_hidden("| n | v |\n|---|---|\n" + "\n".join(rows))


@pytest.mark.parametrize(
    "text",
    [
        "a = 'x'\nb = '12'\nprint(a + b + c)",
        "name = 'Bob'; print(name + ' has 12 points')",
        "path.replace('/', '') and 'a#b#c#d'.split('#')",
        "Les ids a1B2 c3D4 e5F6 g7H8 sont pris, mais rien de plus.",
        "JSON HTML YAML TOML sont des formats, iPad iPod iMac des appareils.",
        "Les rangs 60 61 62 63 64 65 66 67 68 69 70 71 72 se suivent.",
        "begin 644 times, then end it.",
        "La commande 5167890123 est partie, la 5 167 890 123 aussi.",
        "Les notes a b c d e f g h se lisent de la à sol.",
        "x = go[2] + too[3]; do[4]",
        "Rangs : 51-62-73, puis 84-95.",
        "Exemple (cf http://www.assemblee-nationale.fr/14/ta/ta0120.asp) : à l'article 16",
        "dot at the end of the line, ta soeur dit tod",
    ],
)
def test_clean_text_is_left_alone(text):
    assert masked(text) == text
